"""An answer as JSON and back, with all that page and files need of it: what is frozen stays as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.panels.answer import Answer
from dashboard.panels.kept_panel import panel_content, panel_of
from data_access.filters import DAYS, FIELD_OF, PARAMETERS, WHOLE, Filters

_DAYS: Final = ("as_of", "compare", "first_day", "newest_day")
_PLAIN: Final = ("data_version", "mark", "label", "source", "immature", "headline", "lead", "count")
_OF_DAYS: Final = frozenset({"day", "month"})


def answer_kept(answer: Answer) -> dict[str, Any]:
    """What JSON holds of an answer: rows as lists of values, in the order of the columns; days as ISO 8601."""
    days = {name: getattr(answer, name) for name in _DAYS}
    return {
        "panel": panel_content(answer.panel, answer.columns),
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
        **{name: getattr(answer, name) for name in _PLAIN},
        "asked": answer.asked.given(),
        "filters": answer.filters.given(),
        "names": dict(answer.names),
        "pinned": dict(answer.pinned),
        "leads": sorted(answer.leads),
        "rows": [[_plain(value) for value in row.values()] for row in answer.rows],
    }


def answer_of(content: Mapping[str, Any]) -> Answer:
    """The answer."""
    panel = panel_of(content["panel"])
    names = [column.name for column in panel.columns]
    days = [column.unit in _OF_DAYS for column in panel.columns]
    rows = tuple(
        {name: _day(value) if of_day else value for name, of_day, value in zip(names, days, row, strict=True)}
        for row in content["rows"]
    )
    known: dict[str, Any] = {name: _day(content[name]) for name in _DAYS}
    return Answer(
        panel=panel,
        **known,
        **{name: content[name] for name in _PLAIN},
        asked=filters_of(content["asked"]),
        filters=filters_of(content["filters"]),
        names=content["names"],
        pinned=content["pinned"],
        abilities=frozenset(),
        leads=frozenset(content["leads"]),
        frame=pd.DataFrame(list(rows), columns=names),
        rows=rows,
    )


def filters_of(given: Mapping[str, str]) -> Filters:
    """Filters as they were, whatever addresses take today: a channel that is no more is still what was asked for."""
    values = {FIELD_OF.get(name, name): _value(name, text) for name, text in given.items() if name in PARAMETERS}
    return Filters(**values)  # type: ignore[arg-type]  # each was written from a field of its type


def _value(name: str, text: str) -> date | int | str | None:
    if name in DAYS or (name == "by" and text[:1].isdigit()):
        return _day(text)
    return int(text) if name in WHOLE else text


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(value: Any) -> Any:  # a cell may hold anything
    return value.isoformat() if isinstance(value, date) else value
