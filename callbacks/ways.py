"""Where one may go from a page: no link leads to what its account may not ask."""

from typing import Final

from dashboard.files.briefing.making import can_be_frozen
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from dashboard.web.frozen.form import link_to_form
from dashboard.web.plain_page import OF_BRIEFINGS
from data_access.filters import FIELD_OF, FilterError, Filters, parse_query, takes_by
from data_access.reader import Reader, Snapshot
from data_access.roles import BRIEFINGS, COMPLAINTS
from data_access.scope import Scope
from data_access.selection import refusal
from layouts.pages import PAGES, Page, links_of, page_at
from layouts.parts import address
from layouts.shell import Way

_OF_ONE_TABLE: Final = ("columns", "sort", "search", "cursor")


def ways(reader: Reader, search: str) -> list[Way]:
    """The ways to the pages that an account may open, from one under this search; each keeps what its page takes.

    The last is to briefings, which have filters of their own.
    """
    try:
        filters = parse_query(search)
    except FilterError:
        filters = Filters()  # the page says what is wrong with it
    scope = reader.scope
    wanted = {path: _kept(PAGES[path], filters) for path, _ in links_of(scope)}
    with reader.snapshot() as snapshot:
        kept = {path: within_reach(PAGES[path], one, snapshot) for path, one in wanted.items()}
    found = [Way(path, title, address(path, kept[path])) for path, title in links_of(scope)]
    return [*found, *(Way(path, title, path) for path, title in OF_BRIEFINGS if scope.may_open(path))]


def within_reach(page: Page, filters: Filters, snapshot: Snapshot) -> Filters:
    """The filters without those for which the page would refuse the account, or have no answer for anybody.

    What is wider than a pin may be asked only beside something inside it, or counted by place: where a link takes that
    away, or leads to a page that does not take it, the wider one goes with it. Counted by place, no district lies in
    another's territory.
    """
    if snapshot.scope.pinned and all(PANELS[name].ability == COMPLAINTS for name in page.panels):
        filters = filters.but(view=None)  # what others hold is counted, never listed
    filters = page.sortable(filters, snapshot.scope)
    while (beyond := _refused(page, filters, snapshot)) is not None:
        filters = filters.but(**{FIELD_OF.get(beyond, beyond): None})
    return filters


def _refused(page: Page, filters: Filters, snapshot: Snapshot) -> str | None:
    """The filter for which one of the page's panels has no answer; None where all of them have."""
    for asked in {panel.taken(filters, snapshot.scope.pinned) for panel in page.shown(filters, snapshot.scope)}:
        found = refusal(snapshot, asked)
        if found is not None and found.parameter in filters.given():
            return found.parameter
    return None


def _kept(page: Page, filters: Filters) -> Filters:
    """What of the filters goes on to a page. How a table is sorted and cut says nothing of another one."""
    return page.taken(filters).but(**dict.fromkeys(_OF_ONE_TABLE))


def way_to_briefing(path: str, search: str, scope: Scope) -> str | None:
    """The form that freezes what the page shows, with its panels and filters; None where there is nothing to freeze."""
    page = page_at(path)
    if page is None or not scope.may(BRIEFINGS):
        return None
    try:
        filters = page.asked(path, parse_query(search)).but(cursor=None, state=None)
    except FilterError:
        return None
    kept = [panel for panel in page.shown(filters, scope) if can_be_frozen(panel) and not _lacks(panel, filters)]
    taken = filters.only({name for panel in kept for name in panel.parameters})
    by = {value for panel in kept for value in panel.by}
    taken = taken if takes_by(taken, by) else taken.but(by=None)
    return link_to_form([panel.name for panel in kept], taken.query()) if kept else None


def _lacks(panel: Panel, filters: Filters) -> bool:
    """Whether it cannot be asked under these filters."""
    return not set(panel.needs) <= filters.given().keys()
