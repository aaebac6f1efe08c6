"""What callbacks declare that they may be sent, from the registry that Dash itself keeps (`Dash.callback_map`)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from dashboard.charts.plotly_drawing import drawable
from dashboard.panels.catalogue import PANELS
from layouts import complaints, graph, mapped, panel

LONGEST_SEARCH: Final = 8 * 1024
LONGEST_PATH: Final = 2 * 1024
_MOST_CLICKS: Final = 10**9
_LONGEST_LIST: Final = 100
_MOST_ROWS: Final = 1000

Check = Callable[[object], bool]


def is_text(value: object, longest: int) -> bool:
    """Whether it is a text of at most this many characters that can be written down."""
    if not isinstance(value, str) or len(value) > longest:
        return False
    try:
        return bool(value.encode()) or not value
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False


def is_day(value: object) -> bool:
    """Whether it is a day, with a time behind it or not."""
    if not is_text(value, 40):
        return False
    try:
        return bool(date.fromisoformat(str(value)[:10]))
    except ValueError:
        return False


def is_click(value: object) -> bool:
    """Whether it is what a chart tells of a click: some points, of each of them some plain values."""
    return isinstance(value, dict) and _is_small(value, 4)


def _is_small(value: object, levels: int) -> bool:
    """Whether it nests no deeper than so many levels, none of them long, around texts and numbers."""
    if isinstance(value, dict):
        return levels > 0 and len(value) <= _LONGEST_LIST and all(_is_small(one, levels - 1) for one in value.values())
    if isinstance(value, list):
        return levels > 0 and len(value) <= _LONGEST_LIST and all(_is_small(one, levels - 1) for one in value)
    return value is None or isinstance(value, (int, float)) or is_text(value, 1000)


def is_count(value: object) -> bool:
    """Whether it is a number of clicks."""
    return type(value) is int and 0 <= value <= _MOST_CLICKS


def is_part(value: object) -> bool:
    """Whether it is what a table asks that wants some rows of a list."""
    if not isinstance(value, dict):
        return False
    start, end, sorts = value.get("startRow"), value.get("endRow"), value.get("sortModel")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= start + _MOST_ROWS <= 10**9:
        return False
    return (
        isinstance(sorts, list)
        and len(sorts) <= 1
        and all(isinstance(each, dict) and is_text(each.get("colId"), 100) for each in sorts)
        and all(each.get("sort") in ("asc", "desc") for each in sorts)
    )


KINDS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "search": lambda value: is_text(value, LONGEST_SEARCH),
        "pathname": lambda value: is_text(value, LONGEST_PATH),
        "data-path": lambda value: is_text(value, LONGEST_PATH),
        "data-version": lambda value: is_text(value, 40),
        "data": lambda value: is_text(value, LONGEST_SEARCH + 1024),  # of the filter bar: what it holds, in one text
        "value": lambda value: is_text(value, 200),
        "search_value": lambda value: is_text(value, 200),
        "getRowsRequest": is_part,
        "date": is_day,
        "start_date": is_day,
        "end_date": is_day,
        "n_clicks": is_count,
        "clickData": is_click,
    }
)
"""Property -> what it may hold besides nothing. An `id` holds the id of its component."""

KEYS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"name": frozenset(PANELS), "part": frozenset({panel.TABLE, panel.HOW, *mapped.PARTS, *complaints.CHOICE})}
)
"""Key of a pattern-matching id -> what may stand for it."""

DRAWN: Final = frozenset(name for name, one in PANELS.items() if drawable(one.chart) or one.chart.kind == "map")
"""Panels that can have a chart: the others have none that could be drawn anew."""

TOGETHER: Final = (
    frozenset({panel.PANEL, panel.HEADLINE, panel.TROUBLE, panel.LEFT_OUT, panel.BODY, panel.STANDING, panel.CSV}),
    frozenset({panel.FOLD, panel.FOLDED}),
)
"""Types of components that come together: a body that lists two of them lists both for the same names."""


@dataclass(frozen=True)
class Part:
    """One declared input, state or output. In a pattern, None stands for what `KEYS` allows; `many`: it is a list."""

    id: str | Mapping[str, str | None]
    property: str
    many: bool

    def fits(self, sent: object) -> bool:
        """Whether this is an id that the part declares."""
        if isinstance(self.id, str) or not isinstance(sent, dict):
            return isinstance(sent, str) and sent == self.id
        return sent.keys() == self.id.keys() and all(
            isinstance(sent[key], str) and (sent[key] in self._known(key) if fixed is None else sent[key] == fixed)
            for key, fixed in self.id.items()
        )

    def _known(self, key: str) -> frozenset[str]:
        is_chart = key == "name" and not isinstance(self.id, str) and self.id["type"] == graph.GRAPH
        return DRAWN if is_chart else KEYS[key]


def family_of(part: Part) -> str:
    """What those parts share that list the same names."""
    kind = str(part.id["type"]) if not isinstance(part.id, str) else part.id
    return next((min(family) for family in TOGETHER if kind in family), kind)


@dataclass(frozen=True)
class Declared:
    """What one callback declares."""

    outputs: tuple[Part, ...]
    inputs: tuple[Part, ...]
    state: tuple[Part, ...]
    one_output: bool


def declarations(callback_map: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Declared]:
    """What the callbacks declare, by the text that names their outputs.

    Raises LookupError for a property without a kind: whoever adds a callback says what it may be sent.
    """
    return {output: _declared(output, callback) for output, callback in callback_map.items()}


def _declared(output: str, callback: Mapping[str, Any]) -> Declared:
    one = not isinstance(callback["output"], list)
    outputs = [callback["output"]] if one else callback["output"]
    # The number that Dash adds to an output which several callbacks write stands in the name alone.
    mark = output.rpartition("@")[2] if one and "@" in output else ""
    found = Declared(
        tuple(_part(out.component_id_str(), f"{out.component_property}@{mark}".rstrip("@")) for out in outputs),
        tuple(_part(**declared) for declared in callback["inputs"]),
        tuple(_part(**declared) for declared in callback["state"]),
        one,
    )
    for part in (*found.inputs, *found.state):
        if part.property not in KINDS and part.property != "id":
            raise LookupError(f"callbacks.bodies.KINDS does not say what {part.property} of {part.id} may hold")
    for part in (*found.inputs, *found.state, *found.outputs):
        for key, value in part.id.items() if not isinstance(part.id, str) else ():
            if value is None and key not in KEYS:
                raise LookupError(f"callbacks.bodies.KEYS does not say what may stand for {key} of {part.id}")
    return found


def _part(id: str, property: str) -> Part:
    if not id.startswith("{"):
        return Part(id, property, many=False)
    pattern = json.loads(id)
    fixed = {key: value if isinstance(value, str) else None for key, value in pattern.items()}
    return Part(fixed, property, many=["ALL"] in pattern.values())
