"""The table of pages: what there is, at which path, and which panels it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.scope import Scope
from layouts import scorecard
from layouts.parts import notice


@dataclass(frozen=True)
class Page:
    """One page. `panels` are those it shows, `lead` the one whose lead opens it."""

    path: str
    title: str
    draw: Callable[[str], Component]
    panels: tuple[str, ...]
    lead: str | None = None

    @property
    def parameters(self) -> frozenset[str]:
        """What the page takes from its address: what any of its panels takes."""
        return frozenset(name for panel in self.panels for name in PANELS[panel].parameters)


_ALL: Final = (Page("/", marked("Scorecard"), scorecard.scorecard, scorecard.SHOWN, scorecard.LEAD),)
PAGES: Final[Mapping[str, Page]] = {page.path: page for page in _ALL}


def links_of(scope: Scope) -> list[tuple[str, str]]:
    """Path and title of the pages that an account may open."""
    return [(page.path, page.title) for page in PAGES.values() if scope.may_open(page.path)]


def drawn(path: str) -> Component:
    """The page at that path, with room for its panels; for a path that is no page, a page that says so."""
    page = PAGES.get(path)
    return page.draw(DEFAULT_LANGUAGE) if page is not None else missing(path, DEFAULT_LANGUAGE)


def missing(path: str, language: str) -> Component:
    """There is no such page."""
    sentence = say("There is no page at {path}.", language, path=path)
    title = html.H1(say("Page not found", language), className="jd-title")
    return html.Div([title, notice(sentence, "/", say("Go to the scorecard", language))], className="jd-missing")
