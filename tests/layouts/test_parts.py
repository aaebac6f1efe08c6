"""Parts and tables: what stands in them, and what makes them usable without eyes or mouse."""

from datetime import date
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer, Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import Filters
from data_access.reader import reader
from data_access.scope import Scope
from layouts.bodies import body_of
from layouts.graph import CONFIG
from layouts.pages import drawn, missing
from layouts.parts import FOLD, HOW, TABLE, address, card, csv_address, failed, fold_id, standing, unfolded
from layouts.shell import navigation, shell
from layouts.strip import tone
from layouts.tables import table_of
from tests.app.small import reads_all


@pytest.fixture(scope="module")
def answers(small: Database) -> dict[str, Answer]:
    return {name: Answers().answer(panel, reads_all(small), Filters()) for name, panel in PANELS.items()}


def every(part: Component, kind: type[Component]) -> list[Any]:
    return [one for one in (part, *part._traverse()) if isinstance(one, kind)]


def text(part: Any) -> str:
    if isinstance(part, list):
        return "".join(text(one) for one in part)
    return text(part.children) if isinstance(part, Component) else str(part or "")


def test_a_league_is_a_table_with_headings(answers: dict[str, Answer]) -> None:
    league = body_of(answers["scorecard"], "/")
    assert all(th.scope in {"col", "row"} for th in every(league, html.Th))
    rows = every(league, html.Tbody)[0].children
    assert len(rows) == 8
    assert [text(cell) for cell in rows[0].children][:4] == ["1", "Federal", "20", "90.0%"]
    assert [row.className for row in rows] == [""] * 3 + ["jd-unranked"] * 5


def test_bars_start_at_zero_and_are_not_read_aloud(answers: dict[str, Answer]) -> None:
    league = body_of(answers["scorecard"], "/")
    tracks = [span for span in every(league, html.Span) if span.className == "jd-track"]
    assert tracks[0].children.style == {"width": "90.00%"}
    assert tracks[-1].children.style == {"width": "0.00%"}
    assert all(track.to_plotly_json()["props"]["aria-hidden"] == "true" for track in tracks)


@pytest.mark.parametrize("name", ["scorecard", "ladder", "trend"])
def test_a_table_holds_every_row_and_column(answers: dict[str, Answer], name: str) -> None:
    table = table_of(answers[name])
    shown = [column for column in PANELS[name].columns if column.name != "slug"]
    assert len(every(table, html.Thead)[0].children.children) == len(shown)
    assert len(every(table, html.Tbody)[0].children) == len(answers[name].rows)


def test_totals_stand_upright_with_counts_and_change(answers: dict[str, Answer]) -> None:
    lines = [[text(cell) for cell in row.children] for row in every(table_of(answers["totals"]), html.Tr)]
    assert lines[0] == ["Figure", "Value", "Counts", "Change"]
    assert ["Resolution rate", "74.3%", "26 of 35", "▲ 0.8 points"] in lines
    assert ["90th percentile days", "n/a", "", "n/a"] in lines


def test_a_table_that_scrolls_can_be_reached_and_has_a_name(answers: dict[str, Answer]) -> None:
    region = table_of(answers["scorecard"]).to_plotly_json()["props"]
    assert region["tabIndex"] == "0"
    assert region["role"] == "region"
    assert region["aria-label"] == PANELS["scorecard"].title


def test_a_chart_has_a_name_and_no_way_to_a_cloud(answers: dict[str, Answer]) -> None:
    body = body_of(answers["trend"], "/")
    assert body.to_plotly_json()["props"]["aria-label"] == answers["trend"].headline
    assert every(body, dcc.Graph)[0].config is CONFIG
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""


def test_the_strip_shows_a_ratio_with_its_counts(answers: dict[str, Answer]) -> None:
    strip = text(body_of(answers["totals"], "/"))
    assert "74.3%" in strip
    assert "26 of 35" in strip


def test_how_it_is_computed_comes_from_the_metrics(answers: dict[str, Answer]) -> None:
    words = text(unfolded(answers["totals"], HOW))
    assert "standing closings on time ÷ (those on time + those late + open overdue)" in words


def test_folds_are_drawn_when_they_are_opened(answers: dict[str, Answer]) -> None:
    foot = html.Div(card(answers["scorecard"], html.Div()))
    assert not every(foot, html.Table)
    assert [one.id for one in every(foot, html.Summary)] == [fold_id(FOLD, "scorecard", part) for part in (TABLE, HOW)]
    assert every(unfolded(answers["scorecard"], TABLE), html.Table)


def test_a_table_says_its_day(answers: dict[str, Answer]) -> None:
    captions = every(table_of(answers["trend"]), html.Caption)
    assert text(captions[0]) == "as of 30 Sep 2019, data version 1"


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
    assert "received since launch · government: sindh · changes since" in standing(own)
    lines = Answers().answer(PANELS["scorecard"], secretary, Filters())
    assert "sindh" not in standing(lines)


def test_a_trend_reads_a_period_as_days_of_events(answers: dict[str, Answer], small: Database) -> None:
    assert standing(answers["trend"]) == "as of 30 Sep 2019 · since launch"
    filters = Filters(from_on=date(2019, 9, 1))
    found = Answers().answer(PANELS["trend"], reads_all(small), filters)
    assert standing(found) == "as of 30 Sep 2019 · 1 Sep 2019 to 30 Sep 2019"


def test_the_csv_link_names_its_day(answers: dict[str, Answer]) -> None:
    assert csv_address(answers["trend"]) == "/api/v1/panels/trend.csv?as_of=2019-09-30"


def test_a_failed_panel_keeps_its_question() -> None:
    part = failed(PANELS["ladder"], "It did not work.", "en")
    assert text(part) == "Are resolved ones really so?It did not work."


def test_an_unknown_page_says_so_and_leads_back() -> None:
    page = drawn("/nowhere")
    assert "There is no page at /nowhere." in text(page)
    assert every(page, dcc.Link)[0].href == "/"
    assert text(missing("/x", "en")).startswith("Page not found")


def test_navigation_carries_the_search_and_marks_where_one_is() -> None:
    bar = navigation([("/", "Scorecard"), ("/map", "Map")], "/map", "?government=sindh", "en")
    assert [link.href for link in every(bar, dcc.Link)] == ["/?government=sindh", "/map?government=sindh"]
    marks = [item.to_plotly_json()["props"].get("aria-current") for item in every(bar, html.Li)]
    assert marks == [None, "page"]


def test_the_shell_has_landmarks_and_a_way_past_them() -> None:
    frame = shell()
    for kind in (html.Header, html.Nav, html.Main, html.Footer):
        assert len(every(frame, kind)) == 1
    main = every(frame, html.Main)[0]
    assert any(link.href == f"#{main.id}" for link in every(frame, html.A))


def test_addresses() -> None:
    assert address("/", Filters()) == "/"
    assert address("/map", Filters(government="sindh")) == "/map?government=sindh"


@pytest.mark.parametrize(
    ("change", "good", "expected"),
    [
        (1, 1, "jd-good"),
        (-1, 1, "jd-bad"),
        (-1, -1, "jd-good"),
        (1, -1, "jd-bad"),
        (0, 1, ""),
        (None, 1, ""),
        (5, 0, ""),
    ],
)
def test_a_change_is_coloured_by_what_is_good(change: float | None, good: int, expected: str) -> None:
    assert tone(change, good) == expected
