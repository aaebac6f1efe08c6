"""From an address to what stands on the screen: plain functions, without Dash's callbacks."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode

from dash.development.base_component import Component

from dashboard.panels.answer import Answer, Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web.errors import FAILED, NO_DATABASE, where
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.filters import FilterError, Filters, check_taken, parse_query
from data_access.reader import Reader
from data_access.scope import OutOfScope
from layouts import shell
from layouts.bodies import body_of
from layouts.pages import PAGES, Page
from layouts.parts import Children, card, chips, failed, notice, unfolded

log = logging.getLogger("jawabdeh")
_NONE: Final[Children] = []


@dataclass(frozen=True)
class Drawn:
    """What an address looks like: the frame's parts, and one list of components for each panel's room."""

    panels: Mapping[str, Children]
    stamp: Children = field(default_factory=list)
    source: Children = field(default_factory=list)
    chips: Children = field(default_factory=list)
    notice: Component | None = None
    lead: str = ""


@dataclass(frozen=True)
class Drawing:
    """Draws pages from answers. `database_errors` are those that say the database is out of reach."""

    answers: Answers
    database_errors: tuple[type[Exception], ...]

    def draw(self, path: str, search: str, names: Sequence[str], reader: Reader) -> Drawn:
        """The panels of these names as the page at `path` shows them under the filters in `search`."""
        page = PAGES.get(path)
        if page is None:
            return Drawn(dict.fromkeys(names, _NONE))
        try:
            filters = parse_query(search)
            check_taken(filters, page.parameters, page.title)
            found = self._together(filters, names, reader)
        except FilterError as error:
            return Drawn(dict.fromkeys(names, _NONE), notice=_way_back(path, search, error))
        return _drawn(page, filters, found)

    def unfold(self, name: str, part: str, search: str, reader: Reader) -> Component | str:
        """What lies under a fold of the panel: its table, or how it is computed."""
        try:
            found = self._one(name, parse_query(search), reader)
        except FilterError as error:
            return str(error)
        return unfolded(found, part) if isinstance(found, Answer) else found

    def _together(self, filters: Filters, names: Sequence[str], reader: Reader) -> dict[str, Answer | str]:
        """Answers of one data version, or a sentence where there is none."""
        found = {name: self._one(name, filters, reader) for name in names}
        if len({answer.data_version for answer in found.values() if isinstance(answer, Answer)}) > 1:
            # A batch landed in between; what is already of the newest version comes from the cache.
            found = {name: self._one(name, filters, reader) for name in names}
        return found

    def _one(self, name: str, filters: Filters, reader: Reader) -> Answer | str:
        language = filters.lang or DEFAULT_LANGUAGE
        try:
            return self.answers.answer(PANELS[name], reader, filters)
        except FilterError:
            raise
        except OutOfScope as error:
            return str(error)
        except Exception as error:  # one panel that fails must not take the others with it
            log.error("panel %s: %s", name, where(error))
            return say(NO_DATABASE if isinstance(error, self.database_errors) else FAILED, language)


def _drawn(page: Page, filters: Filters, found: Mapping[str, Answer | str]) -> Drawn:
    language = filters.lang or DEFAULT_LANGUAGE
    given = [answer for answer in found.values() if isinstance(answer, Answer)]
    panels = {name: _panel(name, one, page.path, language) for name, one in found.items()}
    first = given[0] if given else None
    opening = found.get(page.lead or "")
    return Drawn(
        panels,
        stamp=shell.stamp(day(first.as_of, language), first.label, language) if first and first.as_of else [],
        source=shell.source(first.data_version, first.label, language) if first else [],
        chips=chips(page.path, filters, language),
        notice=_empty(language) if first and first.as_of is None else None,
        lead=opening.lead if isinstance(opening, Answer) else "",
    )


def _panel(name: str, found: Answer | str, path: str, language: str) -> Children:
    if isinstance(found, str):
        return failed(PANELS[name], found, language)
    if found.as_of is None:
        return _NONE
    try:
        return card(found, body_of(found, path))
    except Exception as error:  # nor may one that cannot be drawn
        log.error("drawing %s: %s", name, where(error))
        return failed(PANELS[name], say(FAILED, language), language)


def _empty(language: str) -> Component:
    sentence = say(
        "This database holds no complaints yet. Bring them in with: python -m data_access import FILE…", language
    )
    return notice(sentence, "/", say("Look again", language))


def _way_back(path: str, search: str, error: FilterError) -> Component:
    pairs = parse_qsl(search.removeprefix("?"))
    rest = urlencode([(name, value) for name, value in pairs if name != error.parameter])
    text = say("Show the page without {parameter}", DEFAULT_LANGUAGE, parameter=error.parameter)
    return notice(str(error), f"{path}?{rest}" if rest else path, text)


ReaderOf = Callable[[], Reader]
"""Gives the reader of the account that asks."""
