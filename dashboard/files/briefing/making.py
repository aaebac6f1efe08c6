"""From panels in an order to a frozen briefing: all answers of one data version, each one level deeper too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dashboard.files.briefing.content import Content, Slide, as_text
from dashboard.files.briefing.deeper import slide_of
from dashboard.files.report.definitions import definitions
from dashboard.panels.answer import check_asked
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from data_access.briefings.kept import WHAT, Frozen
from data_access.entries.entry import line_in
from data_access.filters import PARAMETERS, Filters, check_by, check_taken
from data_access.lettering import is_text, unturned
from data_access.reader import Reader
from data_access.recording import LONGEST, RecordProblem
from data_access.roles import BRIEFINGS

MOST_PANELS: Final = 20
LONGEST_NOTE: Final = 1000
_NOT_FROZEN: Final = frozenset({"state", "cursor"})
"""What waits is no figure yet, and a briefing's lists begin at their beginning."""


@dataclass(frozen=True)
class Wish:
    """A panel that is to be in it, by name, and what is to be said beside it."""

    name: str
    note: str = ""


def can_be_frozen(panel: Panel) -> bool:
    """Whether it may be in a briefing: not what shows one person or complaint, whose every viewing is noted."""
    return panel.viewed_as is None


@dataclass(frozen=True)
class Step:
    """How far it is: panels that are answered, of how many, and the name of the next."""

    done: int
    of: int
    name: str


def freeze(title: str, wishes: Sequence[Wish], answers: Answers, asker: Reader, filters: Filters) -> Frozen:
    """The briefing. Raises RecordProblem, FilterError or OutOfScope for what cannot be one."""
    *_, frozen = freezing(title, wishes, answers, asker, filters)
    assert isinstance(frozen, Frozen)  # noqa: S101  # nosec B101  # `freezing` ends with it
    return frozen


def freezing(
    title: str, wishes: Sequence[Wish], answers: Answers, asker: Reader, filters: Filters
) -> Iterator[Step | Frozen]:
    """A step before each panel, at last the briefing. What `freeze` raises for what was asked comes before the first.

    Figures are asked with those abilities alone that its panels demand, so that whoever may see the panels may see all
    that is in them.
    """
    asker.scope.demand(BRIEFINGS, WHAT)
    plain = line_in(title, "title", "Give it a title", LONGEST)
    panels = _panels(wishes)
    for panel in panels:
        if panel.ability is not None:
            asker.scope.demand(panel.ability, panel.name)
    _check_filters(panels, asker, filters)
    notes = [_note(wish) for wish in wishes]
    needs = frozenset(panel.ability for panel in panels if panel.ability is not None)
    slides: list[Slide] = []
    with Reader(asker.database, replace(asker.scope, abilities=needs)).together() as reader:
        version, newest = _standing_on(reader, filters)
        for panel in panels:
            check_asked(panel, reader, panel.taken(filters, reader.scope.pinned))
        for place, (panel, note) in enumerate(zip(panels, notes, strict=True)):
            yield Step(place, len(panels), panel.name)
            slides.append(slide_of(panel, note, answers, reader, filters))
    # All columns are told of, also those that only a workbook has room for.
    told = definitions((slide.answer.columns, slide.answer.language) for slide in slides)
    content = Content(plain, filters, tuple(slides), told)
    yield Frozen(plain, content.as_of or newest, version, needs, as_text(content), content.digest)


def _standing_on(reader: Reader, filters: Filters) -> tuple[int, date]:
    """Data version and newest day. Raises OutOfScope for filters outside of what the account may see."""
    with reader.snapshot() as snapshot:
        snapshot.scope.confine(filters, snapshot.directory)
        if snapshot.state.newest_day is None:
            raise RecordProblem("The database holds no complaints yet, so there are no figures to keep.")
        return snapshot.state.version, snapshot.state.newest_day


def _panels(wishes: Sequence[Wish]) -> list[Panel]:
    if not 1 <= len(wishes) <= MOST_PANELS:
        raise RecordProblem(f"Choose 1 to {MOST_PANELS} panels.", "panels")
    names = [wish.name for wish in wishes]
    for name in names:
        if name not in PANELS:
            raise RecordProblem(f"There is no panel {name!r}; choose one of the list.", "panels")
        if not can_be_frozen(PANELS[name]):
            raise RecordProblem(f"{name} shows one person or complaint, each time noted: it cannot be kept.", "panels")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise RecordProblem(f"{twice} is chosen twice; keep one of them.", "panels")
    return [PANELS[name] for name in names]


def _check_filters(panels: Iterable[Panel], asker: Reader, filters: Filters) -> None:
    taken = {name for panel in panels for name in panel.parameters} - _NOT_FROZEN
    check_taken(asker.scope.beyond(filters), [name for name in PARAMETERS if name in taken], "the briefing")
    check_by(filters, tuple({value: None for panel in panels for value in panel.by}), "the briefing")


def _note(wish: Wish) -> str:
    lines = "\n".join(" ".join(line.split()) for line in unturned(wish.note).strip().splitlines())
    if not is_text(lines.replace("\n", "")) or len(lines) > LONGEST_NOTE:
        raise RecordProblem(f"A note is text of at most {LONGEST_NOTE} letters; see that of {wish.name}.", "notes")
    return lines
