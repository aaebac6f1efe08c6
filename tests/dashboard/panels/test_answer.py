"""answer(): what it checks, what it gives, what it remembers."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pandas as pd
import pytest

from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from data_access.database import Database
from data_access.filters import FilterError, Filters
from data_access.memory import Memory
from data_access.questions.listing import Part
from data_access.reader import Reader, Snapshot, reader
from data_access.scope import OutOfScope, Scope
from data_access.selection import View
from tests.app.small import LABEL, NEWEST, bring, example, filed, reads_all

SINDH = Scope("cs", "chief_secretary", MappingProxyType({"government": "sindh"}))


def counting(panel: Panel, calls: list[str], before: Callable[[], object] = lambda: None) -> Panel:
    """The same panel, noting each time its question is asked."""

    def question(snapshot: Snapshot, view: View) -> pd.DataFrame | Part:
        calls.append(panel.name)
        before()
        return panel.question(snapshot, view)

    return replace(panel, question=question)


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_every_panel_answers_with_its_columns(small: Database, panel: Panel) -> None:
    answer = Answers().answer(panel, reads_all(small), example(panel))
    assert answer.as_of == NEWEST
    assert answer.label == LABEL
    assert answer.data_version == 1
    assert answer.headline
    none = {
        "restatements",
        "announced",
        *("registrations", "initiatives", "initiative-effect", "initiative-course", "awareness", "stories"),
        "actions",
        "action-totals",
        "signals",
        "signal-complaints",
        "audit-draws",
        "audit-sample",
        "audit-result",
    }  # in this world there are none
    assert answer.rows or panel.name in none
    assert all(list(row) == [column.name for column in panel.columns] for row in answer.rows)


@pytest.mark.parametrize("name", [name for name, panel in PANELS.items() if "columns" in panel.parameters])
def test_a_sentence_is_told_from_whole_rows_whatever_columns_are_asked_for(small: Database, name: str) -> None:
    panel = PANELS[name]
    asked = example(panel)
    whole, few = (Answers().answer(panel, reads_all(small), one) for one in (asked, asked.but(columns="pending")))
    assert (few.headline, few.lead) == (whole.headline, whole.lead)
    assert [row["pending"] for row in few.rows] == [row["pending"] for row in whole.rows]
    assert all(len(row) < len(panel.columns) for row in few.rows)


def test_the_figures_are_those_of_the_data(small: Database) -> None:
    totals = Answers().answer(PANELS["totals"], reads_all(small), Filters()).rows[0]
    assert (totals["received"], totals["resolved"], totals["pending"]) == (35, 26, 9)
    assert isinstance(totals["received"], int)
    assert totals["confirmed_rate"] == 10 / 35
    governments = Answers().answer(PANELS["scorecard"], reads_all(small), Filters()).rows
    assert [(row["slug"], row["rank"]) for row in governments[:3]] == [("federal", 1), ("punjab", 2), ("sindh", 3)]
    assert governments[-1]["rank"] is None
    assert governments[-1]["resolution_rate"] is None


def test_a_league_tells_of_movement_news_and_promises(small: Database) -> None:
    rows = Answers().answer(PANELS["scorecard"], reads_all(small), Filters()).rows
    found = {row["slug"]: row for row in rows}
    assert [found[slug]["rank_change"] for slug in ("federal", "punjab", "sindh", "balochistan")] == [1, -1, 0, None]
    assert {slug for slug, row in found.items() if row["stale"]} == {"balochistan"}
    promised = [(row["slug"], row["target_metric"], row["target"], row["target_met"]) for row in rows if row["target"]]
    assert promised == [("federal", "resolution_rate", 0.85, True), ("sindh", "resolution_rate", 0.5, False)]
    assert found["punjab"]["target_met"] is None
    assert found["sindh"]["target_by"] == date(2019, 10, 31)


def test_the_course_ends_with_the_totals(small: Database) -> None:
    weeks = Answers().answer(PANELS["course"], reads_all(small), Filters())
    whole = Answers().answer(PANELS["totals"], reads_all(small), Filters()).rows[0]
    assert weeks.rows[-1] == {"week_ending": NEWEST, **{name: whole[name] for name in list(weeks.rows[-1])[1:]}}
    assert weeks.headline == "The resolution rate rose from 0.0% to 74.3% in 21 weeks."


def test_the_filters_of_an_answer_ask_for_it_again(small: Database) -> None:
    asked = Filters(from_on=date(2019, 5, 10), government="sindh")
    first = Answers().answer(PANELS["totals"], reads_all(small), asked)
    assert first.filters.given() == {
        "as_of": "2019-09-30",
        "from": "2019-05-10",
        "to": "2019-09-30",
        "government": "sindh",
    }
    again = Answers().answer(PANELS["totals"], reads_all(small), first.filters)
    assert again.rows == first.rows
    assert again.filters == first.filters


def test_what_a_panel_does_not_take_is_named(small: Database) -> None:
    with pytest.raises(FilterError, match="scorecard does not take view") as problem:
        Answers().answer(PANELS["scorecard"], reads_all(small), Filters(view="placed"))
    assert problem.value.parameter == "view"
    with pytest.raises(FilterError, match="does not take sort"):
        Answers().answer(PANELS["scorecard"], reads_all(small), Filters(sort="name"))


def test_lines_of_governments_are_public_what_is_deeper_is_ones_own(small: Database) -> None:
    answers, mine = Answers(), reader(small, SINDH)
    assert len(answers.answer(PANELS["scorecard"], mine, Filters()).rows) == 8
    assert answers.answer(PANELS["totals"], mine, Filters()).rows[0]["received"] == 10
    with pytest.raises(OutOfScope):
        answers.answer(PANELS["totals"], mine, Filters(government="punjab"))


def test_an_answer_of_one_scope_is_not_given_to_another(small: Database) -> None:
    answers = Answers()
    whole = answers.answer(PANELS["totals"], reads_all(small), Filters())
    own = answers.answer(PANELS["totals"], reader(small, SINDH), Filters())
    assert (whole.rows[0]["received"], own.rows[0]["received"]) == (35, 10)


def test_an_ability_can_be_asked_for(small: Database) -> None:
    panel = replace(PANELS["totals"], ability="administer")
    with pytest.raises(OutOfScope):
        Answers().answer(panel, reads_all(small), Filters())


def test_the_same_question_is_computed_once(small: Database) -> None:
    calls: list[str] = []
    answers, panel = Answers(), counting(PANELS["ladder"], calls)
    first = answers.answer(panel, reads_all(small), Filters())
    assert answers.answer(panel, reads_all(small), Filters()) is first
    answers.answer(panel, reads_all(small), Filters(government="sindh"))
    assert len(calls) == 2


def test_many_who_ask_at_once_wait_for_one_computation(small: Database) -> None:
    calls: list[str] = []
    started = threading.Event()
    panel = counting(PANELS["ladder"], calls, lambda: started.wait(0.3))
    answers = Answers()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: answers.answer(panel, reads_all(small), Filters()), range(8)))
    assert len(calls) == 1
    assert all(one is found[0] for one in found)


def land(database: Database, number: int) -> None:
    """A batch with one more complaint."""
    complaint, first = filed(number, NEWEST, "sindh-office")
    bring(database, {"complaint": [complaint], "event": [first]})


def test_a_batch_that_lands_makes_new_answers(own: Database) -> None:
    answers, asks = Answers(), reads_all(own)
    before = answers.answer(PANELS["totals"], asks, Filters())
    land(own, 900)
    after = answers.answer(PANELS["totals"], asks, Filters())
    assert (before.data_version, before.rows[0]["received"]) == (1, 35)
    assert (after.data_version, after.rows[0]["received"]) == (2, 36)


def test_an_answer_is_of_the_version_it_was_computed_on(own: Database) -> None:
    """A batch lands after the version was read and before the figures are: they say the new version."""

    class Late(Reader):
        def state(self):
            found = super().state()
            if found.version == 1:
                land(self.database, 901)
            return found

    calls: list[str] = []
    answers, panel = Answers(), counting(PANELS["totals"], calls)
    late = answers.answer(panel, Late(own, Scope("test", "pmo")), Filters())
    assert (late.data_version, late.rows[0]["received"]) == (2, 36)
    answers.answer(panel, reads_all(own), Filters())
    assert len(calls) == 2  # it was not kept under the version that was read first


def test_nobody_has_filed_yet(bare: Database) -> None:
    answer = Answers().answer(PANELS["trend"], reads_all(bare), Filters())
    assert answer.as_of is None
    assert answer.rows == ()
    assert answer.headline == "The database holds no complaints yet."


def test_a_slug_nobody_has_is_named(small: Database) -> None:
    with pytest.raises(FilterError, match="sind") as problem:
        Answers().answer(PANELS["totals"], reads_all(small), Filters(government="sind"))
    assert problem.value.parameter == "government"


def test_a_young_cohort_is_marked(small: Database) -> None:
    filters = Filters(from_on=date(2019, 9, 1))
    assert Answers().answer(PANELS["totals"], reads_all(small), filters).immature
    assert not Answers().answer(PANELS["totals"], reads_all(small), Filters()).immature


def test_the_memory_forgets_what_is_longest_unused() -> None:
    memory = Memory(2)
    memory["a"], memory["b"] = 1, 2
    assert memory.get("a") == 1
    memory["c"] = 3
    assert memory.get("b") is None
    assert (memory.get("a"), memory.get("c"), len(memory)) == (1, 3, 2)
    assert memory.pop("a") == 1
    assert memory.pop("a", "gone") == "gone"
