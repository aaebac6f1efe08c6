"""Briefings over a real database: frozen figure by figure, one level deeper, and the same after new data."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from dashboard.files.briefing.content import Content, read_content
from dashboard.files.briefing.making import MOST_PANELS, Step, Wish, freeze, freezing
from dashboard.files.report.figures import fingerprint
from dashboard.files.report.printed import columns_of
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from data_access.briefings.kept import Frozen, SpoiltBriefing
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.filters import FilterError, Filters, parse_query
from data_access.reader import Reader, reader
from data_access.recording import RecordProblem
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from tests.app.small import NEWEST, bring, event, filed

WISHES = (Wish("scorecard", "Look at  Sindh.\n\nThen at Punjab."), Wish("totals"), Wish("departments"), Wish("trend"))


def account(role: str = "pmo", **pins: str) -> Scope:
    return Scope(role, role, pins, ROLES[role].abilities)


def frozen(database: Database, *wishes: Wish, query: str = "", scope: Scope | None = None, title: str = "T") -> Frozen:
    asker = reader(database, scope or account())
    return freeze(title, wishes or WISHES, Answers(), asker, parse_query(query))


def kept(database: Database, *wishes: Wish, query: str = "") -> int:
    return Briefings(database, account()).freeze(frozen(database, *wishes, query=query))


def opened(database: Database, number: int) -> Content:
    return read_content(*Briefings(database, account()).open(number))


def plain(content: Content) -> list[tuple[str, Any]]:
    return [(answer.panel.name, answer.rows) for answer in content.answers()]


def test_a_briefing_holds_its_panels_in_order_and_one_level_deeper(own: Database) -> None:
    content = opened(own, kept(own, query="as_of=2019-09-30"))
    assert [slide.answer.panel.name for slide in content.slides] == [wish.name for wish in WISHES]
    assert content.slides[0].note == "Look at Sindh.\n\nThen at Punjab."
    first = content.slides[0]
    leading = [row for row in first.answer.rows if first.answer.drill_of(row)]
    assert [one.name for one in first.deeper] == [row["name"] for row in leading]
    for one, row in zip(first.deeper, leading, strict=True):
        asked = Filters(as_of=NEWEST, government=row["slug"])
        again = Answers().answer(PANELS["scorecard"], reader(own, account()), asked)
        assert (one.answer.rows, one.answer.headline) == (again.rows, again.headline)
    assert content.slides[3].deeper == ()
    assert dict(content.definitions)["Resolution rate"]


def test_after_new_data_it_is_the_same_figure_by_figure(own: Database) -> None:
    number = kept(own)
    before = opened(own, number)
    complaint, first = filed(901, NEWEST - timedelta(days=3), "sindh-office")
    bring(own, {"complaint": [complaint], "event": [first, event(204, NEWEST, "closed", outcome="relief")]})
    after = opened(own, number)
    assert plain(after) == plain(before)
    assert after.digest == before.digest == Briefings(own, account()).open(number)[0].digest
    assert frozen(own).digest != before.digest


def test_the_same_figures_have_the_same_hash(own: Database) -> None:
    one = frozen(own)
    assert one.digest == frozen(own, title="Another").digest
    answers = [Answers().answer(PANELS["totals"], reader(own, account()), Filters())]
    assert frozen(own, Wish("totals")).digest == fingerprint(answers)


def test_what_is_changed_in_the_database_is_not_shown(own: Database) -> None:
    number = kept(own, Wish("totals"))
    book = Briefings(own, account())
    entry, content = book.open(number)
    forged = json.loads(content)
    rows = forged["slides"][0]["answer"]["rows"]
    rows[0][0] += 1
    with pytest.raises(SpoiltBriefing):
        read_content(entry, json.dumps(forged))
    with pytest.raises(SpoiltBriefing):
        read_content(entry, "{}")
    with own.writer() as connection:
        connection.execute(text("UPDATE briefing SET content = replace(content, '35', '36')"))
    with pytest.raises(SpoiltBriefing, match="does not match its SHA-256"):
        book.open(number)


def test_what_no_panel_demands_is_not_in_it(own: Database) -> None:
    assert frozen(own, Wish("offices")).needs == frozenset()
    content = json.loads(frozen(own, Wish("offices"), Wish("officers")).content)
    assert frozen(own, Wish("officers")).needs == {"officer-names"}
    named = [column["name"] for column in content["slides"][0]["answer"]["panel"]["columns"]].index("officer")
    alone = json.loads(frozen(own, Wish("offices")).content)["slides"][0]["answer"]["rows"]
    assert {row[named] for row in alone} == {None}


def test_a_pinned_account_freezes_its_own(own: Database) -> None:
    content = json.loads(frozen(own, Wish("totals"), scope=account("presenter", government="sindh")).content)
    assert content["slides"][0]["answer"]["filters"]["government"] == "sindh"
    with pytest.raises(OutOfScope):
        frozen(own, Wish("totals"), query="government=punjab", scope=account("presenter", government="sindh"))


REFUSED: list[tuple[tuple[Wish, ...], str, str, str]] = [
    ((Wish("nothing"),), "", "T", "There is no panel 'nothing'"),
    ((Wish("totals"), Wish("totals")), "", "T", "totals is chosen twice"),
    ((Wish("complaint"),), "id=100", "T", "cannot be kept"),
    ((Wish("citizen-flags"),), "id=100", "T", "cannot be kept"),
    (tuple(Wish(name) for name in list(PANELS)[: MOST_PANELS + 1]), "", "T", "Choose 1 to 20 panels"),
    ((Wish("totals"),), "", " ", "Give it a title"),
    ((Wish("totals"),), "", "T" * 201, "at most 200 letters"),
    ((Wish("totals", "a\0b"),), "", "T", "A note is text"),
    ((Wish("totals", "a" * 1001),), "", "T", "at most 1000 letters; see that of totals"),
]


@pytest.mark.parametrize(("wishes", "query", "title", "words"), REFUSED)
def test_what_cannot_be_one_is_refused_in_a_sentence(
    small: Database, wishes: tuple[Wish, ...], query: str, title: str, words: str
) -> None:
    with pytest.raises(RecordProblem, match=words):
        frozen(small, *wishes, query=query, title=title)


def test_filters_that_no_panel_takes_are_named(small: Database) -> None:
    for query, name in (("officer=1", "officer"), ("by=week", "by"), ("as_of=2031-01-01", "as_of")):
        with pytest.raises(FilterError) as error:
            frozen(small, Wish("totals"), query=query)
        assert error.value.parameter == name
    with pytest.raises(FilterError, match="does not take state"):
        frozen(small, Wish("actions"), query="state=proposed")


def test_who_makes_no_briefings_makes_none(small: Database) -> None:
    for scope in (account("viewer"), account("admin")):
        with pytest.raises(OutOfScope):
            frozen(small, scope=scope)
    with pytest.raises(OutOfScope, match="officers"):
        frozen(small, Wish("officers"), scope=account("presenter"))


def test_an_empty_database_has_no_figures_to_keep(bare: Database) -> None:
    with pytest.raises(RecordProblem, match="no complaints yet"):
        frozen(bare)


def test_what_is_printed_is_frozen_with_it(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    number = kept(own, Wish("scorecard"), Wish("totals"), Wish("trend"))
    before = [columns_of(answer) for answer in opened(own, number).answers()]
    assert before[0]
    monkeypatch.setattr("dashboard.files.report.printed.PRINTED", {"scorecard": ("name",)})
    monkeypatch.setattr("dashboard.files.report.printed.METRICS", {})
    assert [columns_of(answer) for answer in opened(own, number).answers()] == before


def test_it_is_told_how_far_it_is(own: Database) -> None:
    asker = reader(own, account())
    *steps, last = freezing("T", WISHES, Answers(), asker, parse_query(""))
    assert steps == [Step(place, 4, wish.name) for place, wish in enumerate(WISHES)]
    assert isinstance(last, Frozen)


def test_many_rows_are_not_asked_for_nothing(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.files.briefing.deeper.MOST_DEEPER", 2)
    monkeypatch.setattr("dashboard.files.briefing.deeper.MOST_ROWS", 0)
    answers = Counting()
    *_, last = freezing("T", (Wish("scorecard"),), answers, reader(own, account()), parse_query(""))
    assert isinstance(last, Frozen)
    assert answers.asked == 1 + 2
    slide = json.loads(last.content)["slides"][0]
    assert (slide["deeper"], len(slide["left_out"]) > 2) == ([], True)


class Counting(Answers):
    """Answers that say how many were asked for."""

    asked = 0

    def answer(self, panel: Panel, reader: Reader, filters: Filters) -> Answer:
        self.asked += 1
        return super().answer(panel, reader, filters)
