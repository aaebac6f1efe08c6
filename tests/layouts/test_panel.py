"""A panel's room and what is put into it."""

from datetime import date

from dash import html

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import Filters
from data_access.reader import reader
from data_access.scope import Scope
from layouts.folds import unfolded
from layouts.panel import (
    BODY,
    CSV,
    DRAWN,
    FAILED,
    FOLD,
    HEADLINE,
    HOW,
    PANEL,
    STALE,
    STANDING,
    TABLE,
    TROUBLE,
    WAITING,
    content,
    csv_address,
    failed,
    fold_id,
    kept,
    part_id,
    room,
    standing,
)
from layouts.parts import Here
from tests.app.small import reads_all
from tests.layouts.reading import every, of_class, props, text


def test_a_room_has_its_question_from_the_start() -> None:
    found = room(PANELS["ladder"], "jd-side", "en")
    assert text(every(found, html.H2)) == PANELS["ladder"].title
    assert props(found)["data-state"] == WAITING
    assert "jd-panel-ladder" in props(found)["className"]
    assert len(of_class(found, html.Div, "jd-waiting")) == 1


def test_a_room_has_all_its_parts_once() -> None:
    found = room(PANELS["ladder"], "", "en")
    ids = [one.id for one in (found, *found._traverse()) if getattr(one, "id", None)]
    for kind in (PANEL, HEADLINE, TROUBLE, BODY, STANDING, CSV):
        assert ids.count(part_id(kind, "ladder")) == 1
    assert [one.id for one in every(found, html.Summary)] == [fold_id(FOLD, "ladder", part) for part in (TABLE, HOW)]


def test_what_is_put_into_it(answers: dict[str, Answer]) -> None:
    found = content(answers["trend"], html.Div("figures"))
    assert found.state == DRAWN
    assert found.headline == answers["trend"].headline
    assert found.standing == "as of 30 Sep 2019 · since launch"
    assert found.csv == csv_address(answers["trend"]) == "/api/v1/panels/trend.csv?as_of=2019-09-30"


def test_failed_says_why_and_kept_says_what_stays() -> None:
    ill = failed("It did not work.")
    assert (ill.state, text(ill.body), ill.headline) == (FAILED, "It did not work.", "")
    assert props(ill.body)["role"] == "alert"
    old = kept("en")
    assert old.state == STALE
    assert old.trouble.startswith("These are older figures")
    assert {old.headline, old.body, old.standing, old.csv} == {None}


def test_what_a_panel_stands_on(answers: dict[str, Answer], small: Database) -> None:
    assert standing(answers["totals"]) == "as of 30 Sep 2019 · received since launch · changes since 31 Aug 2019"
    filters = Filters(from_on=answers["totals"].as_of)
    young = Answers().answer(PANELS["totals"], reads_all(small), filters)
    assert "received 30 Sep 2019 to 30 Sep 2019" in standing(young)
    assert "changes against the period before, as of 29 Sep 2019" in standing(young)
    assert "not yet final" in standing(young)


def test_what_an_account_is_pinned_to_is_said(small: Database) -> None:
    secretary = reader(small, Scope("secretary", "chief_secretary", {"government": "sindh"}))
    own = Answers().answer(PANELS["totals"], secretary, Filters())
    assert "received since launch · Government: Sindh · changes since" in standing(own)
    lines = Answers().answer(PANELS["scorecard"], secretary, Filters())
    assert "Sindh" not in standing(lines)


def test_a_trend_reads_a_period_as_days_of_events(small: Database) -> None:
    filters = Filters(from_on=date(2019, 9, 1))
    found = Answers().answer(PANELS["trend"], reads_all(small), filters)
    assert standing(found) == "as of 30 Sep 2019 · 1 Sep 2019 to 30 Sep 2019"


def test_how_it_is_computed_comes_from_the_metrics(answers: dict[str, Answer]) -> None:
    words = text(unfolded(answers["totals"], HOW, Here("/")))
    assert "standing closings on time ÷ (those on time + those late + open overdue)" in words


def test_the_table_holds_what_is_drawn_inside_the_panel_too(answers: dict[str, Answer]) -> None:
    found = unfolded(answers["totals"], TABLE, Here("/"), answers["course"])
    assert len(every(found, html.Table)) == 2
    assert every(found, html.A)[0].href == csv_address(answers["course"])
    assert len(every(unfolded(answers["ladder"], TABLE, Here("/")), html.Table)) == 1
