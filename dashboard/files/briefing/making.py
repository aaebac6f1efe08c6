"""From panels in an order to a frozen briefing: all answers of one data version, each one level deeper too."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard.files.briefing.content import Content, Slide, as_text
from dashboard.files.report.description import Deeper
from dashboard.files.report.making import definitions
from dashboard.panels.answer import Answer, Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from data_access.briefings.kept import WHAT, Frozen
from data_access.entries.entry import line_in
from data_access.filters import PARAMETERS, FilterError, Filters, check_by, check_taken, parse
from data_access.reader import Reader
from data_access.recording import LONGEST, RecordProblem
from data_access.roles import BRIEFINGS
from data_access.scope import OutOfScope

MOST_PANELS: Final = 20
MOST_DEEPER: Final = 20
"""Rows of a panel that are kept one level deeper."""
MOST_ROWS: Final = 1000
"""Rows of a panel's deeper answers together."""
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


def freeze(title: str, wishes: Sequence[Wish], answers: Answers, asker: Reader, filters: Filters) -> Frozen:
    """The briefing. Raises RecordProblem, FilterError or OutOfScope for what cannot be one.

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
    needs = frozenset(panel.ability for panel in panels if panel.ability is not None)
    with Reader(asker.database, replace(asker.scope, abilities=needs)).together() as reader:
        with reader.snapshot() as snapshot:
            snapshot.scope.confine(filters, snapshot.directory)
            version, newest = snapshot.state.version, snapshot.state.newest_day
        if newest is None:
            raise RecordProblem("The database holds no complaints yet, so there are no figures to keep.")
        notes = [_note(wish) for wish in wishes]
        slides = tuple(_slide(*one, answers, reader, filters) for one in zip(panels, notes, strict=True))
    # All columns are told of, also those that only a workbook has room for.
    told = definitions((slide.answer.columns, slide.answer.language) for slide in slides)
    content = Content(plain, filters, slides, told)
    return Frozen(plain, content.as_of or newest, version, needs, as_text(content), content.digest)


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
    lines = "\n".join(" ".join(line.split()) for line in wish.note.strip().splitlines())
    unfit = any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in lines.replace("\n", ""))
    if unfit or len(lines) > LONGEST_NOTE:
        raise RecordProblem(f"A note is text of at most {LONGEST_NOTE} letters; see that of {wish.name}.", "notes")
    return lines


def _slide(panel: Panel, note: str, answers: Answers, reader: Reader, filters: Filters) -> Slide:
    own = panel.taken(filters, reader.scope.pinned)
    answer = answers.answer(panel, reader, own)
    deeper: list[Deeper] = []
    left_out: list[str] = []
    room = MOST_ROWS
    for row in answer.rows:
        asked = answer.drill_of(row)
        if asked is None or panel.toggles:  # one that toggles shows all its rows whatever is chosen of them
            continue
        found = None if len(deeper) == MOST_DEEPER else _below(panel, answers, reader, own, dict(asked))
        if found is None or len(found.rows) > room:
            left_out.append(_name_of(panel, row))
        else:
            deeper.append(Deeper(_name_of(panel, row), found))
            room -= len(found.rows)
    return Slide(answer, note, tuple(deeper), tuple(left_out))


def _below(panel: Panel, answers: Answers, reader: Reader, own: Filters, asked: dict[str, str]) -> Answer | None:
    """The panel with the drill of a row; None where it does not take that, or says nothing under it."""
    if not set(asked) <= set(panel.parameters):
        return None
    try:
        return answers.answer(panel, reader, parse({**own.given(), **asked}.items()))
    except (FilterError, OutOfScope):
        return None


def _name_of(panel: Panel, row: Any) -> str:
    return str(row.get(panel.chart.category) or row.get("name") or row.get("slug"))
