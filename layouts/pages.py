"""The table of pages: what there is, at which path, and which panels it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.filters import FilterError, Filters, parse_query
from data_access.scope import Scope
from layouts import map as map_
from layouts import scorecard
from layouts.parts import notice


@dataclass(frozen=True)
class Page:
    """One page. `panels` are those it shows, `lead` the one whose lead opens it.

    `draw` is given the language and the panels that have nothing to say. `silent` tells those of its panels that say
    nothing under an address's filters; `own` are the parameters that the page takes besides those of its panels.
    """

    path: str
    title: str
    draw: Callable[[str, frozenset[str]], Component]
    panels: tuple[str, ...]
    lead: str | None = None
    silent: Callable[[Filters], frozenset[str]] = lambda _filters: frozenset()
    own: frozenset[str] = frozenset()

    @property
    def parameters(self) -> frozenset[str]:
        """What the page takes from its address: what any of its panels takes, and its own."""
        return self.own | {name for panel in self.panels for name in PANELS[panel].parameters}


_ALL: Final = (
    Page("/", marked("Scorecard"), scorecard.scorecard, scorecard.SHOWN, scorecard.LEAD),
    Page(
        "/map",
        marked("Map"),
        map_.map_page,
        map_.SHOWN,
        silent=map_.silent,
        own=frozenset({"by"}),
    ),
)
PAGES: Final[Mapping[str, Page]] = {page.path: page for page in _ALL}


def links_of(scope: Scope) -> list[tuple[str, str]]:
    """Path and title of the pages that an account may open."""
    return [(page.path, page.title) for page in PAGES.values() if scope.may_open(page.path)]


def drawn(path: str, search: str = "") -> Component:
    """The page at that path, with room for its panels; for a path that is no page, a page that says so.

    Panels that will say nothing under this search have no room from the start, so that nothing moves.
    """
    page = PAGES.get(path)
    if page is None:
        return missing(path, DEFAULT_LANGUAGE)
    return page.draw(DEFAULT_LANGUAGE, _silent(page, search))


def _silent(page: Page, search: str) -> frozenset[str]:
    try:
        return page.silent(parse_query(search))
    except FilterError:
        return frozenset()


def missing(path: str, language: str) -> Component:
    """There is no such page."""
    sentence = say("There is no page at {path}.", language, path=path)
    title = html.H1(say("Page not found", language), className="jd-title")
    return html.Div([title, notice(sentence, "/", say("Go to the scorecard", language))], className="jd-missing")
