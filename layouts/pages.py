"""The table of pages: what there is, at which path, and which panels it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.cases import CUT
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.filters import FilterError, Filters, is_number, parse_query, takes_by
from data_access.scope import OutOfScope, Scope
from layouts import (
    actions,
    ageing,
    audits,
    citizens,
    complaint,
    complaints,
    conduct,
    feedback,
    initiatives,
    methods,
    officers,
    offices,
    review,
    scorecard,
    signals,
)
from layouts import map as map_
from layouts.listed import LIST, ONE
from layouts.parts import address, notice


@dataclass(frozen=True)
class Page:
    """One page. `panels` are those it shows, `lead` the one whose lead opens it.

    `draw` is given the language and the panels that have nothing to say. `silent` tells those of its panels that say
    nothing under an address's filters; `own_by` are the values of `by` that say which panels it shows.
    `numbered`: there is one for each complaint, whose number goes on with the path. `within` is the page that it was
    come from: its address keeps the parameters of that one, for the way back. `by_id`: its address says by `id`
    which one of what it lists is looked at.
    """

    path: str
    title: str
    draw: Callable[[str, frozenset[str]], Component]
    panels: tuple[str, ...]
    lead: str | None = None
    silent: Callable[[Filters], frozenset[str]] = lambda _filters: frozenset()
    own_by: tuple[str, ...] = ()
    numbered: bool = False
    within: str | None = None
    by_id: bool = False

    @property
    def parameters(self) -> frozenset[str]:
        """What the page takes from its address: what any of its panels takes, and its own, save what its path says."""
        own: frozenset[str] = frozenset({"by"}) if self.own_by else frozenset()
        taken = own | {name for panel in self.panels for name in PANELS[panel].parameters}
        around = PAGES[self.within].parameters if self.within else frozenset()
        cut = CUT - {"cursor"} if any(PANELS[name].chart.kind == "roster" for name in self.panels) else CUT
        return (taken | around) - cut - (frozenset() if self.by_id else {"id"})

    @property
    def by(self) -> tuple[str, ...]:
        """The values of `by` that mean something on the page."""
        return tuple(dict.fromkeys([*self.own_by, *(value for name in self.panels for value in PANELS[name].by)]))

    def taken(self, filters: Filters) -> Filters:
        """The filters without what the page does not take."""
        found = filters.only(self.parameters)
        return found if takes_by(found, self.by) else found.but(by=None)

    def asked(self, path: str, filters: Filters) -> Filters:
        """What its panels are asked at this path, under the filters of the address."""
        if not self.numbered:
            return filters
        shown = {name for panel in self.panels for name in PANELS[panel].parameters}
        return filters.only(shown).but(complaint=self.number(path))

    def address(self, filters: Filters) -> str:
        """The page under these filters: a number that says which one it is stands in its path."""
        if self.numbered and filters.complaint is not None:
            return address(f"{self.path}{filters.complaint}", filters.but(complaint=None))
        return address(self.path, filters)

    def number(self, path: str) -> int | None:
        """The number that its path names; None where it has none."""
        return int(path.removeprefix(self.path)) if self.numbered else None

    def shown(self, filters: Filters, scope: Scope) -> list[Panel]:
        """The panels that speak under these filters; what the account may not see has no room beside what it may."""
        spoken = [PANELS[name] for name in self.panels if name not in self.silent(filters)]
        return [panel for panel in spoken if panel.ability is None or scope.may(panel.ability)]

    def sortable(self, filters: Filters, scope: Scope) -> Filters:
        """The filters without a sort that the table does not know which speaks under them: another may have spoken."""
        is_known = all(panel.sorts_by(filters.sort) for panel in self.shown(filters, scope))
        return filters if is_known else filters.but(sort=None)

    def may_be_opened(self, scope: Scope) -> bool:
        """Whether the account may open it: there is a panel on it that the account may see."""
        needed = [PANELS[name].ability for name in self.panels]
        return scope.may_open(self.path) and any(one is None or scope.may(one) for one in needed)

    def demand(self, scope: Scope) -> None:
        """Raise OutOfScope where the account may not open it."""
        if not self.may_be_opened(scope):
            raise OutOfScope(f"Your account may not see the page {self.title}; it sees figures only.")


_ALL: Final = (
    Page("/", marked("Scorecard"), scorecard.scorecard, scorecard.SHOWN, scorecard.LEAD, scorecard.silent),
    Page("/review", marked("Review"), review.review, review.SHOWN, review.LEAD),
    Page(
        "/map",
        marked("Map"),
        map_.map_page,
        map_.SHOWN,
        map_.LEAD,
        silent=map_.silent,
        own_by=("provinces", "districts"),
    ),
    Page("/ageing", marked("Ageing"), ageing.ageing, ageing.SHOWN, ageing.LEAD),
    Page(LIST, marked("Complaints"), complaints.complaints, complaints.SHOWN, complaints.LEAD),
    Page(ONE, marked("Complaint"), complaint.complaint, complaint.SHOWN, complaint.LEAD, numbered=True, within=LIST),
    Page("/offices", marked("Offices"), offices.offices, offices.SHOWN, offices.LEAD, offices.silent),
    Page("/officers", marked("Officers"), officers.officers, officers.SHOWN, silent=officers.silent),
    Page("/signals", marked("Signals"), signals.signals, signals.SHOWN, silent=signals.silent),
    Page("/audits", marked("Audits"), audits.audits, audits.SHOWN, by_id=True),
    Page("/actions", marked("Actions"), actions.actions, actions.SHOWN),
    Page("/citizens", marked("Citizens"), citizens.citizens, citizens.SHOWN),
    Page("/conduct", marked("Conduct"), conduct.conduct, conduct.SHOWN),
    Page("/conduct/citizen", marked("One citizen's flags"), conduct.of_one, conduct.OF_ONE, by_id=True),
    Page("/feedback", marked("Feedback"), feedback.feedback, feedback.SHOWN),
    Page("/initiatives", marked("Initiatives"), initiatives.initiatives, initiatives.SHOWN, by_id=True),
    Page("/methods", marked("Methods"), methods.methods, methods.SHOWN, methods.LEAD),
)
PAGES: Final[Mapping[str, Page]] = {page.path: page for page in _ALL}


def page_at(path: str | None) -> Page | None:
    """The page at this path; None where there is none."""
    if path is None:
        return None
    found = PAGES.get(path)
    if found is not None:
        return None if found.numbered else found
    start, _, number = path.rpartition("/")
    numbered = PAGES.get(f"{start}/")
    return numbered if numbered is not None and numbered.numbered and is_number(number) else None


def links_of(scope: Scope) -> list[tuple[str, str]]:
    """Path and title of the pages that an account may open, without those that must be told of what they are."""
    whole = [page for page in PAGES.values() if not all(PANELS[name].needs for name in page.panels)]
    return [(page.path, page.title) for page in whole if page.may_be_opened(scope)]


def drawn(path: str, search: str = "") -> Component:
    """The page at that path, with room for its panels; for a path that is no page, a page that says so.

    Panels that will say nothing under this search have no room from the start, so that nothing moves.
    """
    page = page_at(path)
    if page is None:
        return missing(path, DEFAULT_LANGUAGE)
    found = page.draw(DEFAULT_LANGUAGE, _silent(page, search))
    if page.within:
        found = html.Div([complaint.way_back(page.within + search, DEFAULT_LANGUAGE), found])
    return found if page.lead else html.Div(found, className="jd-leadless")  # the styles leave its line away


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
