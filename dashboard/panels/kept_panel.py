"""A panel as a frozen answer keeps it: its words, columns and chart, so that the catalogue may change afterwards."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, NoReturn

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.panel import Column, Panel

_PLAIN: Final = ("name", "title", "drill", "drill_by", "toggles", "public_lines", "by_event_days", "since_compare")
_LISTS: Final = ("parameters", "by", "printed")


def panel_content(panel: Panel, columns: tuple[Column, ...]) -> dict[str, Any]:
    """What JSON holds of a panel, of these of its columns."""
    return {
        **{name: getattr(panel, name) for name in _PLAIN},
        **{name: list(getattr(panel, name)) for name in _LISTS},
        "columns": [asdict(column) for column in columns],
        "chart": asdict(panel.chart),
    }


def panel_of(content: Mapping[str, Any]) -> Panel:
    """The panel, which answers no more. A list that was not known when it was kept is empty."""
    lists: dict[str, Any] = {name: tuple(content.get(name, ())) for name in _LISTS}
    return Panel(
        **{name: content[name] for name in _PLAIN},
        **lists,
        columns=tuple(Column(**column) for column in content["columns"]),
        chart=_chart_of(content["chart"]),
        question=_asks_nothing,
        headline=_asks_nothing,
    )


def _chart_of(content: Mapping[str, Any]) -> Chart:
    bands = tuple(
        Band(**{**band, "series": tuple(Series(**series) for series in band["series"])}) for band in content["bands"]
    )
    tuples = {name: tuple(content.get(name, ())) for name in ("sizes", "below")}
    return Chart(**{**content, "bands": bands, **tuples})


def _asks_nothing(*_: object) -> NoReturn:
    raise LookupError("the panel of a frozen answer asks nothing")
