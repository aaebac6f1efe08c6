"""What stands in the frame around a page's panels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import parse_qsl, urlencode

from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.web.plain_page import links_of
from dashboard.words.dates import day
from dashboard.words.filters import LABELS
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.filters import FilterError, Filters, parse_query
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from layouts import header, shell
from layouts.pages import Page, page_at
from layouts.parts import To, address, chips, notice

NOBODY: Final[Sequence[Component]] = ()
NamesOf = Callable[[Filters], Mapping[str, str]]
"""Gives the names behind the slugs of filters."""


@dataclass(frozen=True)
class Frame:
    """The frame's parts. None leaves a part as it is: what cannot be known anew may still be right."""

    stamp: Sequence[Component] | None = None
    source: Sequence[Component] | None = None
    chips: Sequence[Component] = NOBODY
    notice: Component | None = None
    lead: str | None = None
    version: str | None = None


@dataclass(frozen=True)
class Around:
    """What a page is asked: the filters, and those of them that the account could also leave out.

    `to` gives the address of the page under other filters, as far as the account may ask for them.
    """

    page: Page
    filters: Filters
    free: Filters
    to: To


def framed(around: Around, given: Sequence[Answer], lead: Answer | None) -> Frame:
    """The frame around these answers; around none, only what the address itself says."""
    language = around.filters.lang or DEFAULT_LANGUAGE
    if not given:
        return Frame(chips=chips(around.filters, around.free, {}, around.to))
    first, names = given[0], {name: said for one in given for name, said in one.names.items()}
    return Frame(
        stamp=header.stamp(day(first.as_of, language), first.label, language) if first.as_of else NOBODY,
        source=shell.source(first.source, first.data_version, first.label, language),
        chips=chips(around.filters, around.free, names, around.to),
        notice=_empty(language) if first.as_of is None else None,
        lead=_lead(lead, around.free) if lead else None if around.page.lead else "",
        version=first.mark,
    )


def _lead(answer: Answer, filters: Filters) -> str:
    """What opens the page; nothing where it would be said of more complaints than the page shows."""
    return "" if LABELS.keys() & answer.panel.missed(filters) else answer.lead


def refused(
    path: str, search: str, error: FilterError | OutOfScope, scope: Scope, names_of: NamesOf = lambda _: {}
) -> Frame:
    """The frame of an address that cannot be taken: what is wrong with it, and the ways back to one that can.

    Filters that each can be read, and do not go together, can be taken away one by one, by their names.
    """
    if error.parameter is None:
        return Frame(notice=notice(str(error), "/", say("Go to the scorecard", DEFAULT_LANGUAGE)), lead="")
    page = page_at(path)
    if error.parameter == "id" and page is not None and page.within:  # the path says it: no other filter mends it
        back = say("Back to the list", DEFAULT_LANGUAGE)
        return Frame(notice=notice(str(error), f"{page.within}{search}", back), lead="")
    pairs = parse_qsl(search.removeprefix("?"))
    rest = urlencode([(name, value) for name, value in pairs if name != error.parameter])
    text = say("Show the page without {parameter}", DEFAULT_LANGUAGE, parameter=error.parameter)
    back = f"{path}?{rest}" if rest else path
    return Frame(chips=_readable(path, search, scope, names_of), notice=notice(str(error), back, text), lead="")


def _readable(path: str, search: str, scope: Scope, names_of: NamesOf) -> Sequence[Component]:
    """The chips of an address; none where it cannot be read."""
    try:
        filters = parse_query(search)
    except FilterError:
        return NOBODY
    return chips(filters, scope.beyond(filters), names_of(filters), partial(address, path))


@dataclass(frozen=True)
class Account:
    """The account menu: who is signed in, as what, where else it may go, and what signs it out."""

    account: str
    role: str
    pages: Sequence[Component]
    token: str


def account(scope: Scope, token: str, language: str) -> Account:
    """The menu of an account; `token` is that of its session, for the form that ends it."""
    pinned = ", ".join(value.replace("-", " ").title() for value in reversed(list(scope.pinned.values())))
    title = say(ROLES[scope.role].title, language)
    role = say("{role}, {place}", language, role=title, place=pinned) if pinned else title
    return Account(scope.account, role, header.own_pages(links_of(scope), language), token)


def _empty(language: str) -> Component:
    sentence = say(
        "This database holds no complaints yet. Bring them in with: python -m data_access import FILE…", language
    )
    return notice(sentence, "/", say("Look again", language))
