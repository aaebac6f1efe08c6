"""What the ledger says now of the day that a briefing was frozen for: each figure beside the one that is stored."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard.files.briefing.content import Content
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.cells import WORDS
from dashboard.panels.panel import Column
from dashboard.words.text import marked, say
from data_access.briefings.kept import Kept
from data_access.filters import FilterError
from data_access.reader import Reader
from data_access.scope import OutOfScope

NO_PANEL: Final = marked("This panel is no more.")
_KEYS: Final = ("id", "slug", "holder", "stint", "dimension", "level", "metric", "signal", "kind", "draw")
"""Columns that say whose row it is, beside the one that names it."""
Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Figure:
    """One figure: whose, which, as stored and as it is now. None: there is no such row, or it is not known."""

    row: str
    column: Column
    stored: float | None
    now: float | None

    @property
    def difference(self) -> float | None:
        """What it has grown by; None where one of the two is not known."""
        return None if self.stored is None or self.now is None else self.now - self.stored


@dataclass(frozen=True)
class PanelNow:
    """One panel, and the same one level deeper. `why_not`: why the ledger says nothing of it any more."""

    name: str
    title: str
    figures: tuple[Figure, ...] = ()
    why_not: str = ""
    deeper: tuple["PanelNow", ...] = ()

    @property
    def same(self) -> bool:
        """Whether the ledger says what it said then, one level deeper too."""
        return not self.why_not and not self.changed and all(one.same for one in self.deeper)

    @property
    def changed(self) -> list[Figure]:
        """The figures that are another now."""
        return [one for one in self.figures if one.stored != one.now]


@dataclass(frozen=True)
class Now:
    """All panels, of the data version of now."""

    data_version: int
    panels: tuple[PanelNow, ...]

    @property
    def same(self) -> bool:
        """Whether the ledger says of that day what it said then."""
        return all(one.same for one in self.panels)


def now_of(kept: Kept, content: Content, answers: Answers, asker: Reader) -> Now:
    """Every panel asked again for the same day, under the same filters, within what its maker was held to."""
    with asking_again(kept, asker) as reader:
        return Now(reader.state().version, tuple(panels_now(kept, content, answers, reader)))


def asking_again(kept: Kept, asker: Reader) -> AbstractContextManager[Reader]:
    """A reader of one data version, held to what the maker of the briefing was."""
    return Reader(asker.database, kept.scope_of(asker.scope)).together()


def panels_now(kept: Kept, content: Content, answers: Answers, reader: Reader) -> Iterator[PanelNow]:
    """Each slide's panel, as soon as it is asked."""
    for slide in content.slides:
        deeper = [replace(_panel(one.answer, kept, answers, reader), title=one.name) for one in slide.deeper]
        yield replace(_panel(slide.answer, kept, answers, reader), deeper=tuple(deeper))


def _panel(stored: Answer, kept: Kept, answers: Answers, reader: Reader) -> PanelNow:
    title, panel = say(stored.panel.title, stored.language), PANELS.get(stored.panel.name)
    if panel is None:
        return PanelNow(stored.panel.name, title, why_not=say(NO_PANEL, stored.language))
    filters = panel.taken(stored.filters, kept.pinned)
    if stored.compare is not None and "compare" in panel.parameters and stored.asked.from_on is None:
        filters = filters.but(compare=stored.compare)  # a review that was entered since does not change the question
    try:
        now = answers.answer(panel, reader, filters)
    except (FilterError, OutOfScope) as error:
        return PanelNow(panel.name, title, why_not=str(error))
    return PanelNow(panel.name, title, tuple(_figures(stored, now)))


def _figures(stored: Answer, now: Answer) -> Iterator[Figure]:
    category = stored.panel.chart.category
    columns = [one for one in stored.columns if one.unit not in WORDS and one.unit != "number"]
    keys = [one.name for one in stored.columns if one.name in {*_KEYS, category}]
    then, today = _by_key(stored.rows, keys), _by_key(now.rows, keys)
    for key in dict.fromkeys([*then, *today]):
        one, other = then.get(key), today.get(key)
        name = str((one or other or {}).get(category) or "")
        for column in columns:
            values = [None if row is None else row.get(column.name) for row in (one, other)]
            yield Figure(name, column, *values)


def _by_key(rows: Sequence[Row], keys: Sequence[str]) -> dict[Key, Row]:
    """The rows by what says whose they are; of those that share it, by their order."""
    seen: Counter[Key] = Counter()
    found: dict[Key, Row] = {}
    for row in rows:
        key = tuple(row.get(name) for name in keys)
        found[(*key, seen[key])] = row
        seen[key] += 1
    return found
