"""From an address to the screen, without a browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from dash.development.base_component import Component
from sqlalchemy.exc import OperationalError

from callbacks import drawing as module
from callbacks.drawing import Asked, Drawing, Drawn
from callbacks.frame import Frame
from dashboard.charts.boundaries import map_layer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.boundaries import read_boundaries
from data_access.database import Database
from data_access.filters import Filters
from data_access.map_style import MapStyle, MapStyles
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.bodies import body_of
from layouts.pages import PAGES
from layouts.panel import DRAWN, FAILED, HIDDEN, HOW, STALE, TABLE, Content
from layouts.parts import Layers
from tests.app.small import LABEL, NEWEST, Nobody, bring, filed, reads_all

NAMES = [name for name in PAGES["/"].panels if name not in PAGES["/"].silent(Filters())]


def drawing() -> Drawing:
    return Drawing(Answers(), Nobody(), (OperationalError,))


def draw(asks: Reader, search: str = "", *, again: bool = False) -> Drawn:
    return drawing().draw(Asked("/", search, NAMES, again=again), asks)


def words(part: object) -> str:
    """All text in a component, or a list of them."""
    return " ".join(_texts(part))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, Component):
        yield from _texts(getattr(part, "children", None))
    elif isinstance(part, Content):
        yield from _texts([part.headline, part.trouble, part.body, part.standing])


def links(part: object) -> list[str]:
    if isinstance(part, Content):
        return [*links(part.body), str(part.csv)]
    found = [part] if isinstance(part, Component) else list(part or ())  # type: ignore[call-overload]
    every = [one for root in found for one in (root, *root._traverse())]
    return [href for one in every if (href := getattr(one, "href", None))]


def test_the_page_says_what_it_stands_on(small: Database) -> None:
    page = draw(reads_all(small))
    frame = page.frame
    assert words(frame.stamp) == f"as of 30 Sep 2019 {LABEL}"
    assert LABEL in words(frame.source)
    assert frame.lead == "Sindh holds 67% of the 9 complaints pending over 90 days."
    assert frame.notice is None
    assert frame.chips == []
    assert frame.version == reads_all(small).state().mark


@pytest.mark.parametrize("name", NAMES)
def test_every_panel_has_all_it_must_have(small: Database, name: str) -> None:
    panel = draw(reads_all(small)).panels[name]
    assert panel.state == DRAWN
    assert panel.headline
    assert panel.body
    assert panel.standing is not None
    assert panel.standing.startswith("as of 30 Sep 2019 · ")
    assert "since launch" in panel.standing
    assert f"/api/v1/panels/{name}.csv?as_of=2019-09-30" in links(panel)


def test_the_league_shows_who_is_not_ranked(small: Database) -> None:
    text = words(draw(reads_all(small)).panels["scorecard"])
    assert "Federal" in text
    assert "Not ranked: nothing was received." in text


def test_a_government_leads_to_itself_and_keeps_the_view(small: Database) -> None:
    found = links(draw(reads_all(small), "?channel=app").panels["scorecard"])
    assert "/?government=sindh&channel=app" in found


def test_filters_are_chips_that_widen(small: Database) -> None:
    page = draw(reads_all(small), "?government=sindh&channel=app")
    assert links(page.frame.chips) == ["/?channel=app", "/?government=sindh", "/"]
    assert words(page.frame.chips) == "Government: Sindh  × Channel: app  × Clear all"


def test_a_chip_of_a_complaint_leads_to_that_complaint(small: Database) -> None:
    page = drawing().draw(Asked("/complaints/100", "?as_of=2019-09-20", ("complaint",)), reads_all(small))
    assert page.panels["complaint"].state == DRAWN
    assert links(page.frame.chips) == ["/complaints/100"]


def test_what_cannot_be_compared_between_offices_leaves_their_page_whole(small: Database) -> None:
    """Who comes to it with what a map shows: each panel says what it can."""
    with reads_all(small).snapshot() as snapshot:
        office = next(iter(snapshot.directory.members["office"].values())).slug
    names = PAGES["/offices"].panels
    for metric, shown in (("satisfaction", "satisfaction"), ("pending", None)):
        page = drawing().draw(Asked("/offices", f"?office={office}&metric={metric}", names), reads_all(small))
        assert page.frame.notice is None
        assert {page.panels[name].state for name in names if name != "offices"} == {DRAWN}
        assert PANELS["peers"].taken(Filters(office=office, metric=metric)).metric == shown


def test_a_refusal_and_its_chips_call_a_place_the_same(small: Database) -> None:
    """By its name; by its slug where there is no such place, or none can be looked up."""
    pinned = MappingProxyType({"government": "sindh"})
    minister = reader(small, Scope("cs", "chief_secretary", pinned, ROLES["chief_secretary"].abilities))
    page = draw(minister, "?government=punjab&channel=app")
    assert "the government Punjab" in words(page.frame.notice)
    assert words(page.frame.chips) == "Government: Punjab  × Channel: app  × Clear all"
    assert words(draw(minister, "?district=nowhere").frame.chips) == "District: nowhere  ×"


@pytest.mark.parametrize(
    ("search", "named"),
    [
        ("?government=sind", "sind"),
        ("?bogus=1", "bogus"),
        ("?as_of=yesterday", "as_of=yesterday"),
        ("?as_of=2031-01-01", "2031-01-01"),
        ("?metric=received", "metric"),
    ],
)
def test_a_wrong_address_names_the_value_and_a_way_back(small: Database, search: str, named: str) -> None:
    page = draw(reads_all(small), f"{search}&channel=app")
    assert named in words(page.frame.notice)
    assert links(page.frame.notice) == ["/?channel=app"]
    assert page.frame.lead == ""
    assert {panel.state for panel in page.panels.values()} == {HIDDEN}


def test_what_one_may_not_ask_is_said_once_with_a_way_back(small: Database) -> None:
    scope = Scope("cs", "chief_secretary", MappingProxyType({"government": "sindh"}))
    page = draw(reader(small, scope), "?as_of=2019-09-01&government=punjab")
    assert "may not ask for the government Punjab" in words(page.frame.notice)
    assert links(page.frame.notice) == ["/?as_of=2019-09-01"]
    assert {panel.state for panel in page.panels.values()} == {HIDDEN}
    own = draw(reader(small, scope))
    assert "Federal" in words(own.panels["scorecard"])


def test_a_complaint_that_may_not_be_opened_leads_back_to_its_list(small: Database) -> None:
    pinned = MappingProxyType({"government": "sindh"})
    minister = reader(small, Scope("cs", "chief_secretary", pinned, ROLES["chief_secretary"].abilities))
    for number, asks, said in (
        (100, minister, "Your account may not open complaint 100: others hold it and always did, or there is none."),
        (999, reads_all(small), "There is no complaint 999"),
    ):
        page = drawing().draw(Asked(f"/complaints/{number}", "?status=filed", ("complaint",)), asks)
        assert said in words(page.frame.notice)
        assert links(page.frame.notice) == ["/complaints?status=filed"]
        assert page.panels["complaint"].state == HIDDEN


def test_a_wall_screen_is_shown_one_page(small: Database) -> None:
    scope = Scope("wall", "display", pages=("/map",))
    page = draw(reader(small, scope))
    assert "shows one page" in words(page.frame.notice)
    assert {panel.state for panel in page.panels.values()} == {HIDDEN}
    assert {panel.state for panel in draw(reader(small, Scope("wall", "display", pages=("/",)))).panels.values()} == {
        DRAWN
    }


def broken(*_: object) -> None:
    raise ValueError("a citizen's name")


def test_a_panel_that_fails_leaves_the_others(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ill = replace(PANELS["ladder"], question=broken)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "PANELS", {**PANELS, "ladder": ill})
    page = draw(reads_all(small))
    assert page.panels["ladder"].state == FAILED
    assert "Something went wrong" in words(page.panels["ladder"])
    assert "citizen" not in words(page.panels["ladder"])
    assert "Federal" in words(page.panels["scorecard"])


def test_a_panel_that_cannot_be_drawn_leaves_the_others(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "body_of", lambda a, *rest: broken() if a.panel.name == "trend" else body_of(a, *rest))
    page = draw(reads_all(small))
    assert "Something went wrong" in words(page.panels["trend"])
    assert "35" in words(page.panels["totals"])


def test_a_panel_whose_newest_figures_fail_keeps_the_last_good_ones(
    small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill = replace(PANELS["ladder"], question=broken)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "PANELS", {**PANELS, "ladder": ill})
    page = draw(reads_all(small), again=True)
    older = page.panels["ladder"]
    assert older.state == STALE
    assert (older.headline, older.body, older.standing, older.csv) == (None, None, None, None)
    assert "older figures" in older.trouble
    assert page.panels["totals"].state == DRAWN


def gone(self: Database) -> None:
    raise OperationalError("", {}, Exception())


def test_when_the_database_is_gone(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "snapshot", gone)
    page = draw(reads_all(small))
    assert all("The database does not answer" in words(panel) for panel in page.panels.values())
    assert page.frame.stamp is None


def test_figures_on_the_screen_stay_when_the_database_goes(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "snapshot", gone)
    page = draw(reads_all(small), again=True)
    assert {panel.state for panel in page.panels.values()} == {STALE}
    assert (page.frame.stamp, page.frame.source, page.frame.lead) == (None, None, None)


def test_folds_open_for_the_address_of_the_page(small: Database) -> None:
    asks = reads_all(small)
    assert "Sindh" in words(drawing().unfold(("scorecard", TABLE), "/", "", asks))
    assert "Federal" not in words(drawing().unfold(("scorecard", TABLE), "/", "?government=sindh", asks))
    assert "received" in words(drawing().unfold(("totals", HOW), "/", "", asks))
    assert "no parameter" in words(drawing().unfold(("totals", HOW), "/", "?bogus=1", asks))


def test_folds_that_are_open_follow_the_figures(small: Database) -> None:
    opened = frozenset({("ladder", TABLE), ("totals", TABLE)})
    page = drawing().draw(Asked("/", "?government=sindh", NAMES, opened), reads_all(small))
    assert set(page.folds) == opened
    assert "Received 10 100.0%" in words(page.folds["ladder", TABLE])
    assert PANELS["course"].title in words(page.folds["totals", TABLE])


def test_an_empty_database_says_so_once(bare: Database) -> None:
    page = draw(reads_all(bare))
    assert "holds no complaints yet" in words(page.frame.notice)
    assert {panel.state for panel in page.panels.values()} == {HIDDEN}


def test_no_page_no_figures(small: Database) -> None:
    assert drawing().draw(Asked("/nowhere", "", []), reads_all(small)) == Drawn(Frame(), {})


def test_a_page_is_of_one_data_version(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch lands between two panels: the page is asked for again."""
    answers = Answers()
    landed = False
    real = Answers.answer

    def answer(self: Answers, panel: object, *rest: object) -> object:
        nonlocal landed
        found = real(self, panel, *rest)  # type: ignore[arg-type]
        if not landed:
            landed = True
            complaint, first = filed(900, NEWEST, "sindh-office")
            bring(own, {"complaint": [complaint], "event": [first]})
        return found

    monkeypatch.setattr(Answers, "answer", answer)
    page = Drawing(answers, Nobody(), ()).draw(Asked("/", "", NAMES), reads_all(own))
    assert page.frame.version == reads_all(own).state().mark
    assert reads_all(own).state().version == 2
    assert "36" in words(page.panels["totals"])


def taking(monkeypatch: pytest.MonkeyPatch, **lacking: tuple[str, ...]) -> None:
    """The panels of these names do not take these filters."""
    ill = {
        name: replace(PANELS[name], parameters=tuple(one for one in PANELS[name].parameters if one not in gone))
        for name, gone in lacking.items()
    }
    monkeypatch.setattr(module, "PANELS", {**PANELS, **ill})


def test_a_filter_that_a_panel_does_not_take_is_said_on_it(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taking(monkeypatch, ladder=("channel", "from", "to"))
    page = draw(reads_all(small), "?from=2019-09-01&to=2019-09-20&channel=web")
    assert page.panels["ladder"].left_out == (
        "This panel does not take a period of receipt: it shows all since launch. "
        "This panel does not take channel: it shows all channels."
    )
    assert "Of 26 resolved" in words(page.panels["ladder"])
    assert "channel" not in str(page.panels["ladder"].csv)
    assert [page.panels[name].left_out for name in ("totals", "scorecard", "trend")] == ["", "", ""]
    assert "0" in words(page.panels["totals"])
    assert words(page.frame.chips).startswith("Received from: 1 Sep 2019")


def test_what_is_said_of_more_than_the_page_shows_is_no_lead(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taking(monkeypatch, scorecard=("category",))
    assert draw(reads_all(small), "?category=roads").frame.lead == ""
    assert draw(reads_all(small)).frame.lead


def test_links_keep_a_filter_that_their_panel_does_not_take(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taking(monkeypatch, scorecard=("category",))
    page = draw(reads_all(small), "?category=roads")
    assert "/?government=sindh&category=roads" in links(page.panels["scorecard"])
    assert "Category: Roads" in words(page.frame.chips)


def test_small_trends_of_other_complaints_are_left_away(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "jd-spark" in str(draw(reads_all(small), "?channel=app").panels["totals"].body)
    taking(monkeypatch, course=("channel",))
    assert "jd-spark" not in str(draw(reads_all(small), "?channel=app").panels["totals"].body)
    assert "jd-spark" in str(draw(reads_all(small)).panels["totals"].body)


def test_a_table_under_a_fold_takes_what_its_panel_takes(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    taking(monkeypatch, ladder=("channel",))
    found = drawing().unfold(("ladder", TABLE), "/", "?channel=web", reads_all(small))
    assert "Received 35 100.0%" in words(found)


def test_how_maps_are_drawn_counts_from_the_next_drawing_on(small: Database) -> None:
    found = read_boundaries(Path(__file__).parents[2] / "assets" / "boundaries")
    layers: Layers = {"provinces": map_layer(found.provinces, "/p"), "districts": map_layer(found.districts, "/d")}
    chosen: list[MapStyle] = ["shapes"]
    own = Drawing(Answers(), Nobody(), (OperationalError,), layers, MapStyles(lambda: chosen[-1]))
    there = Asked("/map", "", PAGES["/map"].panels, charts=frozenset({"provinces"}))
    on_the_screen = own.draw(there, reads_all(small)).panels["provinces"]
    assert (on_the_screen.body, bool(on_the_screen.figure)) == (None, True)
    chosen.append("tiles")
    tiles = own.draw(there, reads_all(small)).panels["provinces"]
    assert (tiles.figure, bool(tiles.body)) == (None, True)
    assert "No borders are shown." in words(tiles)
    chosen.append("shapes")
    shapes = own.draw(replace(there, charts=frozenset()), reads_all(small)).panels["provinces"]
    assert "geoBoundaries" in words(shapes)
    assert on_the_screen.beside.keys() >= {"legend", "ranked"}


@pytest.mark.parametrize(
    ("search", "lead"),
    [
        ("", "Sindh holds 67% of the 9 complaints pending."),  # none of these is placed in a district
        ("metric=median-days&by=districts", "Sindh holds 67% of the 9 complaints pending."),
        ("government=punjab", "Works holds the one complaint pending."),
        ("government=balochistan", "Nothing is pending."),
    ],
)
def test_the_map_opens_with_where_the_backlog_is(small: Database, search: str, lead: str) -> None:
    page = drawing().draw(Asked("/map", search, ("hotspots",)), reads_all(small))
    assert page.frame.lead == lead


def test_a_page_is_of_one_version_however_often_batches_land(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another worker takes in one after the other: each panel would be of a version of its own."""
    numbers = iter(range(900, 1000))
    real = Answers.answer

    def answer(self: Answers, panel: object, *rest: object) -> object:
        found = real(self, panel, *rest)  # type: ignore[arg-type]
        complaint, first = filed(next(numbers), NEWEST, "sindh-office")
        bring(own, {"complaint": [complaint], "event": [first]})
        return found

    monkeypatch.setattr(Answers, "answer", answer)
    seen: list[str] = []
    watcher = Nobody()
    monkeypatch.setattr(watcher, "saw", lambda given: seen.append(given.mark))
    page = Drawing(Answers(), watcher, ()).draw(Asked("/", "", NAMES), reads_all(own))
    shown = seen[-len(NAMES) :]
    assert len(set(seen)) > 1
    assert set(shown) == {page.frame.version}


def test_a_fold_waits_where_the_page_shows_another_version(small: Database) -> None:
    asks = reads_all(small)
    shown = str(draw(asks).frame.version)
    assert "Sindh" in words(drawing().unfold(("scorecard", TABLE), "/", "", asks, shown))
    assert words(drawing().unfold(("scorecard", TABLE), "/", "", asks, "0.9")) == module.NEWER
