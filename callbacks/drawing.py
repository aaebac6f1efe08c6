"""From an address to what stands on the screen: plain functions, without Dash's callbacks."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from dash.development.base_component import Component

from callbacks.frame import Around, Frame, framed, refused
from callbacks.ways import within_reach
from dashboard.panels.answer import Answer, leads_of
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from dashboard.web.errors import FAILED, NO_DATABASE, too_slow
from dashboard.web.guard import ONE_PAGE
from dashboard.web.log import where
from dashboard.words.filters import left_out
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.filters import FIELD_OF, FilterError, Filters, check_by, check_taken, parse_query
from data_access.map_style import MapStyles
from data_access.query_limit import QueryTooSlow
from data_access.reader import Reader, Snapshot
from data_access.scope import OutOfScope
from data_access.selection import may_ask
from layouts.bodies import body_of, redrawn
from layouts.folds import unfolded
from layouts.pages import Page, page_at
from layouts.panel import FAILED as BROKEN
from layouts.panel import NOTHING, SLOW, Content, content, failed, kept
from layouts.parts import Here, Layers

log = logging.getLogger("jawabdeh")

Fold = tuple[str, str]
"""A panel's name and which of its folds."""
ReaderOf = Callable[[], Reader]
"""Gives the reader of the account that asks."""
Gone = tuple[type[Exception], ...]
"""The errors that say that the database is out of reach."""


class Witness(Protocol):
    """Notes what happens (see `dashboard.web.witness`)."""

    def saw(self, answer: Answer) -> None:
        """Note that whoever asks sees this, if it is of a kind whose viewing is noted."""
        ...

    def refused(self, what: str, parameter: str | None) -> None:
        """Note that whoever asks was refused this."""
        ...


@dataclass(frozen=True)
class Asked:
    """What a browser asks for: the panels of these names, as the page at `path` shows them under `search`.

    `opened` are the folds that stand open, `charts` the panels whose chart is there already. `again`: the screen shows
    this address already, and only the data have changed, so what cannot be had anew stays as it is.
    """

    path: str
    search: str
    names: Sequence[str]
    opened: frozenset[Fold] = frozenset()
    charts: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True)
class Drawn:
    """What an address looks like: the frame, the content of each panel's room, what lies under the open folds."""

    frame: Frame
    panels: Mapping[str, Content]
    folds: Mapping[Fold, Component | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """No answer, and why. `ours` when it is no fault of the question: asked again later, it may be answered."""

    sentence: str
    ours: bool
    state: str = BROKEN


Found = Mapping[str, Answer | Refused]
NEWER: Final = marked("There are newer figures; the page is being drawn anew.")


@dataclass(frozen=True)
class Drawing:
    """Draws pages from answers.

    `witness` notes what is seen and what is refused; `database_errors` are those that say the database is out of reach,
    `layers` the shapes of maps, `styles` how maps are drawn just now.
    """

    answers: Answers
    witness: Witness
    database_errors: Gone
    layers: Layers = field(default_factory=dict)
    styles: MapStyles = field(default_factory=lambda: MapStyles(lambda: "shapes"))

    def draw(self, asked: Asked, reader: Reader) -> Drawn:
        """The page as asked for."""
        page = page_at(asked.path)
        if page is None:
            return Drawn(Frame(), dict.fromkeys(asked.names, NOTHING))
        try:
            _check_open(page, asked.names, reader)
            filters = page.asked(asked.path, _taken(page, asked.search, reader))
            shown = [panel.name for panel in page.shown(filters, reader.scope) if panel.name in asked.names]
            found = self._together(page, filters, shown, reader)
        except (FilterError, OutOfScope) as error:
            self._refuse(page, error)
            frame = refused(asked.path, asked.search, error, reader.scope, lambda given: self._names(given, reader))
            return Drawn(frame, dict.fromkeys(asked.names, NOTHING))
        given = {name: one for name, one in found.items() if isinstance(one, Answer)}
        free = reader.scope.beyond(filters)
        around = Around(page, filters, free, lambda wider: self._way(page, wider, reader))
        frame = framed(around, list(given.values()), given.get(page.lead or ""))
        here = Here(asked.path, filters, self.layers, way=around.to, said=frame.lead or "")
        panels = dict.fromkeys(asked.names, NOTHING) | {
            name: self._content(name, found, asked, here, free) for name in shown
        }
        return Drawn(frame, panels, {fold: _unfolded(fold, found, here) for fold in asked.opened if fold[0] in found})

    def _way(self, page: Page, filters: Filters, reader: Reader) -> str:
        try:
            with reader.snapshot() as snapshot:
                return page.address(within_reach(page, filters, snapshot))
        except self.database_errors:  # what cannot be looked up may still be right
            return page.address(filters)

    def _names(self, filters: Filters, reader: Reader) -> Mapping[str, str]:
        try:
            with reader.snapshot() as snapshot:
                return {name: snapshot.directory.name_of(name, slug) for name, slug in filters.given().items()}
        except self.database_errors:  # slugs say it too
            return {}

    def unfold(self, fold: Fold, path: str, search: str, reader: Reader, shown: str | None = None) -> Component | str:
        """What lies under a fold of a panel of the page at this path, which shows figures of the mark `shown`.

        Where there are newer ones by now, it waits for the page, which is about to be drawn anew, folds and all.
        """
        page = page_at(path)
        if page is None:
            return ""
        try:
            _check_open(page, [fold[0]], reader)
            filters = page.asked(path, _taken(page, search, reader))
            found = self._together(page, filters, [fold[0]], reader)
            if shown and _marks(found) - {shown}:
                return say(NEWER, filters.lang or DEFAULT_LANGUAGE)
            return _unfolded(fold, found, Here(path, filters, self.layers))
        except (FilterError, OutOfScope) as error:
            self._refuse(page, error)
            return str(error)

    def _refuse(self, page: Page, error: FilterError | OutOfScope) -> None:
        if isinstance(error, OutOfScope):
            self.witness.refused(page.path, error.parameter)

    def _together(self, page: Page, filters: Filters, names: Sequence[str], reader: Reader) -> Found:
        """Answers of one data version to these panels and their companions, or why there is none.

        Each under those of the filters that it takes; a companion under all that the panel around it takes.
        """
        pins = reader.scope.pinned  # what an account is held to holds for every panel
        wanted = {name: _cut(PANELS[name], PANELS[name].taken(filters, pins)) for name in names}
        for name in names:
            inner = PANELS[name].companion
            if inner and PANELS[inner].taken(wanted[name], pins) == wanted[name]:
                wanted[inner] = wanted[name]
        found: Found = {name: self._one(name, own, reader) for name, own in wanted.items()}
        if len(_marks(found)) > 1:
            found = self._at_once(wanted, reader)
        return {
            name: _within(one, page, filters, reader) if isinstance(one, Answer) else one for name, one in found.items()
        }

    def _at_once(self, wanted: Mapping[str, Filters], reader: Reader) -> Found:
        """The answers in one snapshot, for a batch landed in between; what is of that version already is remembered."""
        try:
            with reader.together() as one:
                return {name: self._one(name, own, one) for name, own in wanted.items()}
        except self.database_errors as error:
            log.error("a page at once: %s", where(error))
            return {name: Refused(say(NO_DATABASE, own.lang or DEFAULT_LANGUAGE), True) for name, own in wanted.items()}

    def _one(self, name: str, filters: Filters, reader: Reader) -> Answer | Refused:
        try:
            answer = self.answers.answer(PANELS[name], reader, filters)
            self.witness.saw(answer)  # what cannot be noted is not shown
            return answer
        except FilterError:
            raise
        except OutOfScope as error:
            if error.parameter is not None:
                raise  # the address asks for what is not the account's: so would every other panel
            return Refused(str(error), ours=False)
        except QueryTooSlow as error:
            log.warning("panel %s: %s", name, error)
            return Refused(too_slow(error, filters.lang or DEFAULT_LANGUAGE), ours=False, state=SLOW)
        except Exception as error:  # one panel that fails must not take the others with it
            log.error("panel %s: %s", name, where(error))
            sentence = NO_DATABASE if isinstance(error, self.database_errors) else FAILED
            return Refused(say(sentence, filters.lang or DEFAULT_LANGUAGE), ours=True)

    def _content(self, name: str, found: Found, asked: Asked, here: Here, free: Filters) -> Content:
        language = free.lang or DEFAULT_LANGUAGE
        answer = found[name]
        if isinstance(answer, Refused):
            if asked.again and answer.ours:
                return kept(language)
            return failed(answer.sentence, answer.state)
        if answer.as_of is None:
            return NOTHING
        try:
            unsaid = left_out(answer.panel.unsaid(free), language)
            is_map = answer.panel.chart.kind == "map"
            here = replace(here, map_style=self.styles.of("page")) if is_map else here
            if name in asked.charts and answer.rows and here.map_style == "shapes":
                return content(answer, None, *redrawn(answer, here), unsaid, here.said)
            body = body_of(answer, here, _companion(answer, found))
            return content(answer, body, left_out=unsaid, said=here.said)
        except Exception as error:  # nor may one that cannot be drawn
            log.error("drawing %s: %s", name, where(error))
            return kept(language) if asked.again else failed(say(FAILED, language))


def _marks(found: Found) -> set[str]:
    return {answer.mark for answer in found.values() if isinstance(answer, Answer)}


def _taken(page: Page, search: str, reader: Reader) -> Filters:
    """The filters of the address. Raises FilterError for what the page does not take."""
    filters = parse_query(search)
    check_taken(reader.scope.beyond(filters), page.parameters, page.title)
    check_by(filters, page.by, page.title)
    return filters


def _cut(panel: Panel, filters: Filters) -> Filters:
    """Of a list, its count and a row: its table asks for rows by itself."""
    return filters.but(limit=1, cursor=None) if panel.chart.kind == "list" else filters


def _check_open(page: Page, names: Iterable[str], reader: Reader) -> None:
    """An account that has some pages only may ask for their panels: what it posts could name any."""
    scope = reader.scope
    if not scope.may_open(page.path) or (scope.pages is not None and not set(names) <= set(page.panels)):
        raise OutOfScope(ONE_PAGE)


def _within(answer: Answer, page: Page, filters: Filters, reader: Reader) -> Answer:
    """The answer on a page under these filters: what leads on from it keeps also those that it does not take.

    It leads to the same page, so each of that one's panels must have an answer there, too.
    """
    fields = [FIELD_OF.get(name, name) for name in answer.panel.missed(filters)]
    asked = answer.asked.but(**{field: getattr(filters, field) for field in fields})
    missing = [PANELS[name] for name in page.panels if PANELS[name].missed(filters)]
    if not missing or not answer.panel.leads_on:
        return replace(answer, asked=asked) if fields else answer

    def is_whole(snapshot: Snapshot, way: str) -> bool:
        there = filters.but(**answer.panel.asked_by(way))
        spoken = (panel.taken(there, reader.scope.pinned) for panel in missing if panel.name not in page.silent(there))
        return all(may_ask(snapshot, one) for one in set(spoken))

    with reader.snapshot() as snapshot:
        leads = leads_of(answer.panel, snapshot, filters, answer.leads)
        return replace(answer, asked=asked, leads=frozenset(way for way in leads if is_whole(snapshot, way)))


def _companion(answer: Answer, found: Found) -> Answer | None:
    companion = found.get(answer.panel.companion or "")
    return companion if isinstance(companion, Answer) else None


def _unfolded(fold: Fold, found: Found, here: Here) -> Component | str:
    name, part = fold
    answer = found[name]
    return answer.sentence if isinstance(answer, Refused) else unfolded(answer, part, here, _companion(answer, found))
