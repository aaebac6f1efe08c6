"""Tables and charts: the same data for eyes, ears and keyboards."""

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from dashboard.panels.catalogue import PANELS
from data_access.filters import parse_query
from layouts.bodies import body_of
from layouts.graph import CONFIG
from layouts.parts import Here
from layouts.tables import table_of
from tests.layouts.reading import every, props, text


@pytest.mark.parametrize("name", ["scorecard", "ladder", "trend", "course"])
def test_a_table_holds_every_row_and_column(answers: dict[str, Answer], name: str) -> None:
    table = table_of(answers[name], Here("/"))
    shown = [column for column in PANELS[name].columns if column.name != "slug"]
    assert len(every(table, html.Thead)[0].children.children) == len(shown)
    assert len(every(table, html.Tbody)[0].children) == len(answers[name].rows)


def test_totals_stand_upright_with_counts_and_change(answers: dict[str, Answer]) -> None:
    lines = [[text(cell) for cell in row.children] for row in every(table_of(answers["totals"], Here("/")), html.Tr)]
    assert lines[0] == ["Figure", "Value", "Counts", "Change"]
    assert ["Resolution rate", "74.3%", "26 of 35", "▲ 0.8 points"] in lines
    assert ["90th percentile days", "n/a", "", "n/a"] in lines


def test_a_table_that_scrolls_can_be_reached_and_has_a_name(answers: dict[str, Answer]) -> None:
    region = props(table_of(answers["scorecard"], Here("/")))
    assert region["tabIndex"] == "0"
    assert region["role"] == "region"
    assert region["aria-label"] == PANELS["scorecard"].title


def test_a_table_says_its_day(answers: dict[str, Answer]) -> None:
    captions = every(table_of(answers["trend"], Here("/")), html.Caption)
    assert text(captions[0]) == "as of 30 Sep 2019, data version 1"


def test_what_a_mark_of_the_chart_leads_to_is_a_link_in_the_table(answers: dict[str, Answer]) -> None:
    here = Here("/", parse_query("from=2019-08-01&to=2019-09-20&channel=app"))

    def first(name: str) -> str:
        found: str = every(table_of(answers[name], here), html.Tbody)[0].children[0].children[0].children.href
        return found

    assert first("trend") == "/?as_of=2019-05-06&channel=app"
    assert first("scorecard") == "/?from=2019-08-01&to=2019-09-20&government=federal&channel=app"
    assert first("genders") == "/?from=2019-08-01&to=2019-09-20&channel=app&gender=female"
    assert not every(table_of(answers["ladder"], here), dcc.Link)[0].href.startswith("/?")


def test_a_chart_has_a_name_and_no_way_to_a_cloud(answers: dict[str, Answer]) -> None:
    body = body_of(answers["trend"], Here("/"))
    assert props(body)["aria-label"] == PANELS["trend"].title
    assert every(body, dcc.Graph)[0].config is CONFIG
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""


def test_newer_data_keep_the_zoom_and_other_filters_do_not(answers: dict[str, Answer]) -> None:
    figure = every(body_of(answers["trend"], Here("/")), dcc.Graph)[0].figure
    assert figure.layout.uirevision == "trend "
    assert figure.layout.xaxis.fixedrange is False
    assert figure.layout.template.layout.yaxis.fixedrange is True
