"""A frozen briefing: slides in an order, each an answer, a note, and the same one level deeper. As JSON and back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.files.report.description import Deeper
from dashboard.files.report.figures import fingerprint
from dashboard.files.report.printed import columns_of
from dashboard.panels.answer import Answer
from dashboard.panels.kept import answer_kept, answer_of, filters_of
from dashboard.words.text import DEFAULT_LANGUAGE
from data_access.briefings.kept import Kept, SpoiltBriefing
from data_access.filters import Filters


@dataclass(frozen=True)
class Slide:
    """One panel. `left_out` are the names of rows that lead on and whose answers are not kept."""

    answer: Answer
    note: str
    deeper: tuple[Deeper, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """All that is frozen. `filters` are those that were asked for; `definitions` label and text of each figure."""

    title: str
    filters: Filters
    slides: tuple[Slide, ...]
    definitions: tuple[tuple[str, str], ...]

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.filters.lang or DEFAULT_LANGUAGE

    @property
    def as_of(self) -> date | None:
        """The day the figures are of."""
        return max((one.as_of for one in self.answers() if one.as_of is not None), default=None)

    @property
    def digest(self) -> str:
        """The SHA-256 over all figures, as `figures` defines it: each slide's, then those one level deeper."""
        return fingerprint(self.answers())

    def answers(self) -> Iterator[Answer]:
        """All answers, in order."""
        for slide in self.slides:
            yield slide.answer
            yield from (one.answer for one in slide.deeper)


def as_text(content: Content) -> str:
    """The briefing as JSON."""
    plain = {
        "format": 1,
        "title": content.title,
        "query": content.filters.query(),
        "filters": content.filters.given(),
        "definitions": content.definitions,
        "slides": [_slide_kept(slide) for slide in content.slides],
    }
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _slide_kept(slide: Slide) -> dict[str, Any]:
    deeper = [{"name": one.name, "answer": _answer_kept(one.answer)} for one in slide.deeper]
    return {"note": slide.note, "answer": _answer_kept(slide.answer), "deeper": deeper, "left_out": slide.left_out}


def _answer_kept(answer: Answer) -> dict[str, Any]:
    """The answer with the columns that are printed of it today: they stay so, whatever is printed tomorrow."""
    printed = tuple(column.name for column in columns_of(answer))
    return answer_kept(replace(answer, panel=replace(answer.panel, printed=printed)))


def read_content(kept: Kept, text: str) -> Content:
    """The briefing that was frozen. Raises SpoiltBriefing where its figures are not those of its digest."""
    try:
        content = _content_of(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise SpoiltBriefing(kept.number) from error
    if content.digest != kept.digest:
        raise SpoiltBriefing(kept.number)
    return content


def _content_of(plain: dict[str, Any]) -> Content:
    return Content(
        title=plain["title"],
        filters=filters_of(plain["filters"]),
        slides=tuple(_slide_of(slide) for slide in plain["slides"]),
        definitions=tuple((label, text) for label, text in plain["definitions"]),
    )


def _slide_of(plain: dict[str, Any]) -> Slide:
    deeper = tuple(Deeper(one["name"], answer_of(one["answer"])) for one in plain["deeper"])
    return Slide(answer_of(plain["answer"]), plain["note"], deeper, tuple(plain["left_out"]))
