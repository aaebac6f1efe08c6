"""An answer's rows as an HTML table: the same data as the chart, for eyes, ears and keyboards."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cases import LIST_PARAMETERS
from dashboard.panels.cells import WORDS, cell, counts_of, in_unit
from dashboard.panels.panel import Column
from dashboard.words.dates import day
from dashboard.words.numbers import changed, shown
from dashboard.words.text import say
from data_access.metrics import METRICS
from layouts.drilled import named
from layouts.listed import ONE, number
from layouts.markup import still
from layouts.parts import Here, address
from layouts.tabular import heading, scrolling

Counts = list[Component | str] | str
"""Counts as they are read, perhaps with links."""


def table_of(answer: Answer, here: Here) -> Component:
    """All columns of all rows, their names leading on; a panel of one row stands upright, one line per figure."""
    language = answer.language
    stands_on = say(
        "as of {day}, data version {version}",
        language,
        day=day(answer.as_of, language),
        version=answer.data_version,
    )
    table = _upright(answer, stands_on) if answer.panel.chart.kind == "figures" else _lying(answer, here, stands_on)
    return scrolling(still(table), say(answer.panel.title, language))


def _lying(answer: Answer, here: Here, caption: str) -> Component:
    language = answer.language
    columns = [column for column in answer.columns if column.name != "slug"]
    head = html.Tr([heading(c, language, side(c)) for c in columns])
    body = [
        html.Tr([_td(answer, row, c, here if c.name == answer.panel.chart.category else None) for c in columns])
        for row in answer.rows
    ]
    return html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)], className="jd-table")


def _td(answer: Answer, row: Mapping[str, Any], column: Column, here: Here | None) -> Component:
    """A cell; of the column that names the row, what the same mark of the chart leads to `here`."""
    text = cell(row[column.name], in_unit(row, column), answer.language)
    if here is not None:
        return html.Th(_leading(answer, row, column, text, here), scope="row")
    return html.Td(number(answer, row, column.name, text), className=side(column))


def _leading(answer: Answer, row: Mapping[str, Any], column: Column, text: str, here: Here) -> Component | str:
    if column.unit == "day" and not (answer.as_of and row[column.name] > answer.as_of):
        return dcc.Link(text, href=address(here.path, here.filters.back_to(row[column.name])))
    if column.name == "id":
        return dcc.Link(text, href=address(f"{ONE}{text}", here.filters.only(LIST_PARAMETERS)), refresh=True)
    return named(answer, row, here) if answer.panel.leads_on else text


def side(column: Column) -> str:
    """The class of its cells: numbers stand on the right."""
    return "" if column.unit in WORDS else "jd-number"


def _upright(answer: Answer, caption: str) -> Component:
    language = answer.language
    row: Mapping[str, Any] = answer.rows[0] if answer.rows else {}
    lines = [
        html.Tr(
            [
                html.Th(say(column.label, language), scope="row", title=say(column.definition, language)),
                html.Td(
                    number(answer, row, column.name, cell(row.get(column.name), column, language)),
                    className="jd-number",
                ),
                html.Td(_counts(answer, row, column.name), className="jd-number"),
                html.Td(_change(row, column, language), className="jd-number"),
            ]
        )
        for column in answer.columns
        if not column.name.endswith("_change")
    ]
    heads = [say("Figure", language), say("Value", language), say("Counts", language), say("Change", language)]
    head = html.Tr(
        [html.Th(text, scope="col", className="jd-number" if place else "") for place, text in enumerate(heads)]
    )
    return html.Table([html.Caption(caption), html.Thead(head), html.Tbody(lines)], className="jd-table")


def _counts(answer: Answer, row: Mapping[str, Any], name: str) -> Counts:
    metric = METRICS.get(name)
    return counts_with_ways(answer, row, name) if metric is not None and metric.denominator else ""


def counts_with_ways(answer: Answer, row: Mapping[str, Any], name: str) -> Counts:
    """The same as `counts_of`, each count a link to the complaints that it counts, where they may be listed."""
    metric = METRICS[name]
    text = counts_of(row, name, answer.language)
    found: list[Component | str] = []
    for part in (metric.numerator or "", metric.denominator or ""):
        said = shown(row.get(part), "complaints", answer.language)
        before, there, text = text.partition(said)
        found += [before, number(answer, row, part, said)] if there else [before]
    return [*found, text] if any(isinstance(one, Component) for one in found) else "".join(map(str, [*found, text]))


def with_way(text: str, answer: Answer, row: Mapping[str, Any], column: str, said: str) -> Counts:
    """A text in which a number is said: that is a link to the complaints that it counts, where they may be listed."""
    way = number(answer, row, column, said)
    before, _, after = text.partition(said)
    return [before, way, after] if isinstance(way, Component) else text


def _change(row: Mapping[str, Any], column: Column, language: str) -> str:
    name = f"{column.name}_change"
    return changed(row[name], column.unit, language) if name in row else ""
