"""The map page: places coloured and ranked, few that hold most, and where the backlog is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html

from dashboard.charts.boundaries import map_layer
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.boundaries import read_boundaries
from data_access.database import Database
from data_access.filters import MAPPED, Filters, parse_query
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.bodies import body_of, redrawn
from layouts.map import silent
from layouts.pages import drawn
from layouts.panel import HIDDEN, WAITING
from layouts.parts import Here, Layers
from tests.app.small import reads_all
from tests.layouts.reading import every, of_class, props, text

OWN = Path(__file__).parents[2] / "assets" / "boundaries"


@pytest.fixture(scope="module")
def layers() -> Layers:
    found = read_boundaries(OWN)
    return {"provinces": map_layer(found.provinces, "/p"), "districts": map_layer(found.districts, "/d")}


def asked(database: Database, name: str, query: str = "") -> Answer:
    return Answers().answer(PANELS[name], reads_all(database), parse_query(query))


def links(part: Any) -> dict[str, str]:
    return {text(link): link.href for link in every(part, dcc.Link)}


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("", {"districts", "desks"}),
        ("by=districts", {"provinces", "desks"}),
        ("government=sindh", {"provinces", "desks"}),
        ("district=lahore&department=punjab-works", {"provinces"}),
    ],
)
def test_what_has_nothing_to_say_has_no_room(query: str, hidden: set[str]) -> None:
    assert silent(parse_query(query)) == hidden
    rooms = {props(room)["id"]["name"]: props(room)["data-state"] for room in every(drawn("/map", query), html.Section)}
    assert {name for name, state in rooms.items() if state == HIDDEN} == hidden
    assert {state for name, state in rooms.items() if name not in hidden} == {WAITING}


def test_a_wrong_address_still_has_a_page() -> None:
    assert len(every(drawn("/map", "?bogus=1"), html.Section)) == 6


def test_provinces_are_ranked_beside_the_map_and_lead_on_with_all_filters(small: Database, layers: Layers) -> None:
    here = Here("/map", parse_query("channel=app&metric=pending"), layers)
    body = body_of(asked(small, "provinces", "channel=app&metric=pending"), here)
    rows = [[text(cell) for cell in row.children] for row in every(every(body, html.Tbody), html.Tr)]
    assert rows[0] == ["Sindh", "6", "10 received"]
    assert rows[1][:2] == ["Federal", "2"]
    assert links(body)["Sindh"] == "/map?government=sindh&channel=app&metric=pending"
    assert links(body)["District"] == "/map?channel=app&metric=pending&by=districts"
    assert links(body)["Where they are about"] == "/map?channel=app&view=placed&metric=pending"
    assert links(body)["Resolution rate"] == "/map?channel=app"
    assert any("Schematic, not authoritative" in text(line) for line in every(body, html.P))


def test_the_federal_government_is_beside_the_map_and_not_on_it(small: Database, layers: Layers) -> None:
    body = body_of(asked(small, "provinces"), Here("/map", Filters(), layers))
    [graph] = every(body, dcc.Graph)
    on_the_map = {slug for trace in graph.figure.data for slug in trace.customdata or () if slug}
    assert "federal" not in on_the_map
    assert {"sindh", "punjab", "gilgit-baltistan", "azad-jammu-kashmir"} <= on_the_map
    assert "Federal" in links(body)


def of_tiles(layers: Layers, query: str = "") -> Here:
    return Here("/map", parse_query(query), layers, "tiles")


def test_the_federal_government_has_a_tile_beside_the_map_that_leads_on(small: Database, layers: Layers) -> None:
    answer, here = asked(small, "provinces"), Here("/map", Filters(), layers)
    [beside] = of_class(body_of(answer, here), html.Div, "jd-landless")
    assert (text(beside), links(beside)) == ("Federal90.0%", {"Federal90.0%": "/map?government=federal"})
    for name, query in (("provinces", "view=placed"), ("districts", "")):
        [beside] = of_class(body_of(asked(small, name, query), here), html.Div, "jd-landless")
        assert text(beside) == ""


def test_tiles_stand_for_the_map_where_an_administrator_says_so(small: Database, layers: Layers) -> None:
    body = body_of(asked(small, "provinces", "channel=app"), of_tiles(layers, "channel=app"))
    assert not every(body, dcc.Graph)
    assert "No borders are shown." in text(body)
    assert "geoBoundaries" not in text(body)
    tiles = {text(tile).partition("Resolution")[0]: tile for tile in every(body, html.A)}
    assert len(tiles) == 8
    [sindh] = [tile for name, tile in tiles.items() if name.startswith("Sindh")]
    assert sindh.href == "/map?government=sindh&channel=app"
    assert text(sindh) == "SindhSIN40.0%SindhResolution rate 40.0% (4 of 10)10 received, 6 pending"
    assert "jd-shade-0" in sindh.className
    [disputed] = of_class(body, html.Span, "jd-tile jd-hatched")
    assert "Disputed territory, not scored." in text(disputed)


def test_of_a_government_the_tiles_are_those_of_its_districts(small: Database, layers: Layers) -> None:
    query = "government=punjab&metric=pending"
    body = body_of(asked(small, "districts", query), of_tiles(layers, query))
    [grid] = of_class(body, html.Ul, "jd-tiles jd-tiles-some jd-alarming")
    assert len(every(grid, html.Li)) == len(every(grid, html.A)) == 36
    assert {tile.tabIndex for tile in every(grid, html.A)} == {"-1"}
    whole = body_of(asked(small, "districts"), of_tiles(layers))
    [grid] = of_class(whole, html.Ul, "jd-tiles jd-tiles-many")
    assert (len(every(grid, html.Li)), len(every(grid, html.A))) == (159, 158)


def test_tiles_lead_nowhere_beyond_the_pins_of_an_account(small: Database, layers: Layers) -> None:
    scope = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    answer = Answers().answer(PANELS["provinces"], reader(small, scope), Filters())
    [link] = every(body_of(answer, of_tiles(layers)), html.A)
    assert link.href == "/map?government=sindh"


def test_the_map_says_where_its_borders_come_from_as_their_file_does(small: Database, layers: Layers) -> None:
    official = {
        level: replace(layer, note="", attribution="Survey of Pakistan, 2020") for level, layer in layers.items()
    }
    body = body_of(asked(small, "provinces"), Here("/map", Filters(), official))
    [line] = of_class(body, html.P, "jd-notes")
    assert text(line) == "Survey of Pakistan, 2020"


@pytest.mark.parametrize(
    ("metric", "reason"),
    [
        ("per-100k", "n/a: not all people were counted"),
        ("median-days", "n/a: less than half are closed"),
        ("satisfaction", "n/a: no citizen has answered"),
        ("on-time-rate", "n/a: nothing was closed, or is overdue"),
    ],
)
def test_why_there_is_no_figure_is_said(small: Database, layers: Layers, metric: str, reason: str) -> None:
    answer = asked(small, "provinces", f"metric={metric}")
    column = answer.measured.name
    rows = tuple({**row, column: None} if row["slug"] == "punjab" else row for row in answer.rows)
    body = body_of(replace(answer, rows=rows), Here("/map", Filters(), layers))
    assert reason in [text(item) for item in every(body, html.Li)]


def test_every_figure_that_a_map_can_show_has_a_reason_for_being_none(small: Database, layers: Layers) -> None:
    for metric in MAPPED:
        answer = asked(small, "provinces", f"metric={metric}")
        rows = tuple({**row, answer.measured.name: None} for row in answer.rows)
        body = body_of(replace(answer, rows=rows), Here("/map", Filters(), layers))
        counts = {"pending", "pending-over-90", "overdue"}
        assert any(text(item).startswith("n/a: ") for item in every(body, html.Li)) is (metric not in counts), metric


def test_the_legend_has_a_range_for_every_colour_with_its_unit(small: Database, layers: Layers) -> None:
    body = body_of(asked(small, "provinces"), Here("/map", Filters(), layers))
    [legend] = of_class(body, html.Div, "jd-legend")
    assert [text(item) for item in every(legend, html.Li)] == [
        "40.0% to under 80.0%",
        "80.0% to under 90.0%",
        "90.0%",
        "n/a: nothing was received",
        "Indian Illegally Occupied Jammu & Kashmir: disputed, not scored",
    ]
    assert text(legend).startswith("Resolution ratemore is better40.0%")


def test_what_is_placed_nowhere_is_told_and_leads_nowhere(small: Database, layers: Layers) -> None:
    answer = asked(small, "districts", "government=sindh")
    body = body_of(answer, Here("/map", parse_query("government=sindh"), layers))
    rest = of_class(body, html.Tr, "jd-rest")
    assert {text(row.children[0]) for row in rest} == {"Placed elsewhere", "Not placed"}
    assert not every(rest, dcc.Link)
    assert sum(row["received"] for row in answer.rows) == 10


def test_a_chart_that_is_there_is_changed_with_what_stands_around_it(small: Database, layers: Layers) -> None:
    figure, beside = redrawn(asked(small, "provinces"), Here("/map", Filters(), layers))
    assert figure.data
    assert set(beside) == {"tools", "landless", "legend", "ranked", "below"}


def test_darel_and_tangir_share_a_shape_and_its_colour_is_of_both(small: Database, layers: Layers) -> None:
    answer = asked(small, "districts")
    rows = [
        {
            **row,
            "received": 10,
            "resolved": 10 if row["slug"] == "darel" else 0,
            "resolution_rate": 1.0 * (row["slug"] == "darel"),
        }
        if row["slug"] in {"darel", "tangir"}
        else row
        for row in answer.rows
    ]
    body = body_of(replace(answer, rows=tuple(rows)), Here("/map", Filters(), layers))
    [graph] = every(body, dcc.Graph)
    [shared] = [text for trace in graph.figure.data for text in trace.text or () if "Darel" in text and "<b>" in text]
    assert "Tangir" in shared


def test_few_departments_hold_most(small: Database) -> None:
    body = body_of(asked(small, "departments"), Here("/map"))
    rows = [[text(cell) for cell in row.children] for row in every(every(body, html.Tbody), html.Tr)]
    assert rows == [
        ["Works Sindh", "6", "67%", "67%"],
        ["Works Federal", "2", "22%", "89%"],
        ["Works Punjab", "1", "11%", "100%"],
    ]
    assert links(body)["Works"].startswith("/map?department=")


def test_nothing_pending_is_said(small: Database) -> None:
    body = body_of(asked(small, "departments", "government=balochistan"), Here("/map"))
    assert text(body) == "Nothing is pending."


def test_the_heat_table_keeps_its_sums_and_leads_to_both(small: Database) -> None:
    answer = asked(small, "hotspots")
    row = {**answer.rows[0], "district_slug": "karachi-south", "district_name": "Karachi South", "pending": 5}
    body = body_of(replace(answer, rows=(row, *answer.rows)), Here("/map", Filters(channel="app")))
    lines = [[text(cell) for cell in line.children] for line in every(every(body, html.Tbody), html.Tr)]
    assert lines[0] == ["Works", "6", "5", "11"]
    assert links(body)["5"] == "/complaints?district=karachi-south&department=sindh-works&status=pending"
    assert links(body)["11"] == "/complaints?department=sindh-works&status=pending"
    assert links(body)["Karachi South"] == "/map?district=karachi-south&channel=app"
    assert links(body)["Works"]
    assert not links(body).keys() & {"Not placed", "6"}, "what is placed nowhere leads nowhere"


def lists(body: Any) -> dict[str, str]:
    return {name: href for name, href in links(body).items() if href.startswith("/complaints")}


def test_every_number_of_those_who_may_list_leads_to_its_complaints(small: Database, layers: Layers) -> None:
    here = Here("/map", Filters(), layers)
    rates = lists(body_of(asked(small, "provinces"), here))
    assert rates["4"] == "/complaints?government=sindh&status=resolved"
    assert rates["10"] == "/complaints?government=sindh"
    counts = lists(body_of(asked(small, "provinces", "metric=pending-over-90&from=2019-05-06"), here))
    assert counts["6"] == "/complaints?from=2019-05-06&government=sindh&status=pending&age=over-90"
    few = lists(body_of(asked(small, "departments"), here))
    assert few == {
        "6": "/complaints?department=sindh-works&status=pending",
        "2": "/complaints?department=federal-works&status=pending",
        "1": "/complaints?department=punjab-works&status=pending",
    }


@pytest.mark.parametrize("name", ["provinces", "districts", "departments", "categories", "hotspots"])
def test_who_sees_figures_only_is_led_to_no_list(small: Database, layers: Layers, name: str) -> None:
    here = Here("/map", Filters(), layers)
    viewer = Scope("viewer", "viewer", {}, ROLES["viewer"].abilities)
    assert not lists(body_of(Answers().answer(PANELS[name], reader(small, viewer), Filters()), here))
    pinned = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    placed = Answers().answer(PANELS[name], reader(small, pinned), Filters(view="placed"))
    assert not lists(body_of(placed, here)), "what others hold in one's territory is counted, not listed"


def test_a_cell_of_who_may_not_list_leads_to_the_page_for_both(small: Database) -> None:
    answer = asked(small, "hotspots")
    row = {**answer.rows[0], "district_slug": "karachi-south", "district_name": "Karachi South", "pending": 5}
    body = body_of(replace(answer, rows=(row,), abilities=frozenset()), Here("/map", Filters(channel="app")))
    assert links(body)["5"] == "/map?district=karachi-south&department=sindh-works&channel=app"


def test_an_account_may_not_drill_beyond_its_pins(small: Database, layers: Layers) -> None:
    scope = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    for name, kind in (("scorecard", "league"), ("provinces", "ranked")):
        answer = Answers().answer(PANELS[name], reader(small, scope), Filters())
        body = body_of(answer, Here("/", Filters(), layers))
        assert [link for link in links(body) if link in {"Federal", "Sindh", "Punjab"}] == ["Sindh"], kind
