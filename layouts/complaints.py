"""/complaints: the complaints behind a number."""

from collections.abc import Mapping
from typing import Any, Final

import dash_ag_grid  # type: ignore[import-untyped]  # has no types of its own
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Column
from dashboard.words.filters import LABELS, VALUES
from dashboard.words.text import say
from data_access.filters import CHOICES, LONGEST_SEARCH
from data_access.questions.complaints import SORTS
from layouts.aria import aria, data
from layouts.panel import part_id, room

SHOWN: Final = ("complaints",)
LEAD: Final = "complaints"

GRID: Final = "grid"
LISTED: Final = "listed"
NOTE: Final = "note"
SORT: Final = "sort"
CHOSEN: Final = "chosen"
CHOICE: Final = ("status", "age", "outcome", "search")
"""The filters that are chosen here, in this order."""

AT_ONCE: Final = 100
"""Rows that the table asks for at a time."""
_WIDTHS: Final[Mapping[str, int]] = {
    "id": 105,
    "subject": 250,
    "received_on": 115,
    "status": 190,
    "age": 80,
    "days_held": 120,
    "office": 250,
    "department": 200,
    "government": 140,
    "district": 140,
    "category": 170,
}
"""The columns of the table, pixels wide; all others are in the file."""
_NUMBERS: Final = frozenset({"id", "age", "days_held"})


def complaints(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page: what narrows the list, and the list."""
    panel = PANELS["complaints"]
    return html.Div(
        [
            html.H1(say("Complaints", language), className="visually-hidden"),
            room(panel, "jd-wide", language, furniture=_furniture(language)),
        ],
        className="jd-grid",
    )


def _furniture(language: str) -> Component:
    name = SHOWN[0]
    grid = dash_ag_grid.AgGrid(
        id=part_id(GRID, name),
        columnDefs=[_column(PANELS[name].column(column), language) for column in _WIDTHS],
        defaultColDef={"suppressMovable": True, "resizable": True, "sortingOrder": ["asc", "desc"]},
        rowModelType="infinite",
        dashGridOptions={
            "cacheBlockSize": AT_ONCE,
            "maxBlocksInCache": 20,
            "maxConcurrentDatasourceRequests": 1,  # answers come without the name of their question
            "infiniteInitialRowCount": 1,
            "rowHeight": 30,
            "headerHeight": 34,
            "enableCellTextSelection": True,
            "suppressMultiSort": True,
            "suppressColumnVirtualisation": False,
        },
        style={"height": "100%"},
    )
    return html.Div(
        [
            html.Div([_choice(one, language) for one in CHOICE], className="jd-narrow"),
            html.P(id=part_id(NOTE, name), className="jd-note", role="status"),
            html.Div(
                grid,
                id=part_id(LISTED, name),
                className="jd-listed",
                role="region",
                **aria(label=say(PANELS[name].title, language)),
                **data(asked="", sort=""),
            ),
            dcc.Store(id=part_id(SORT, name)),  # written by assets/listed.js when a heading is clicked
        ]
    )


def _column(column: Column, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "field": column.name,
        "headerName": say(column.label, language),
        "headerTooltip": say(column.definition, language),
        "width": _WIDTHS[column.name],
        "sortable": column.name in SORTS,
    }
    if column.name in _NUMBERS:
        found |= {"type": "rightAligned"}
    if column.name == "id":
        found |= {"cellRenderer": "ComplaintLink", "pinned": "left"}
    return found


def choice_id(name: str) -> dict[str, str]:
    """The id of the control of one of CHOICE."""
    return {"type": CHOSEN, "name": SHOWN[0], "part": name}


def _choice(name: str, language: str) -> Component:
    label = say(LABELS[name], language)
    written = f"jd-choice-{name}"
    if name == "search":
        label = say("Subject or number", language)
        control: Component = dcc.Input(
            id=choice_id(name), type="search", debounce=True, maxLength=LONGEST_SEARCH, className="jd-search"
        )
    else:
        control = dcc.Dropdown(
            id=choice_id(name),
            options=[{"value": value, "label": _words(name, value, language)} for value in CHOICES[name]],
            placeholder=say("any", language),
            searchable=False,
        )
    return html.Label([html.Span(label), control], className=f"jd-choice {written}")


def _words(name: str, value: str, language: str) -> str:
    return say(VALUES[name][value], language) if name in VALUES else say(value.replace("-", " "), language)
