"""What changed in an initiative's categories, beside what changed in all others, and what that leaves for it."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.initiatives import NAMES, effect_of, verdict_of
from dashboard.words.numbers import count, shown
from dashboard.words.text import marked, say
from layouts.aria import data
from layouts.parts import Here
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]
_HEADS: Final = (
    ("name", marked("Measure"), ""),
    ("own_before", marked("Before"), "jd-number"),
    ("own_after", marked("Since"), "jd-number"),
    ("own_change", marked("Change"), "jd-number"),
    ("others_change", marked("Change elsewhere"), "jd-number"),
    ("effect", marked("Beyond that, with 95% interval"), "jd-number"),
    ("verdict", marked("What that says"), ""),
)
_SIDES: Final = marked(
    "{weeks} weeks before {day} and as many from that day on, {first} to {last}; elsewhere: all other categories."
)


def effect(answer: Answer, _here: Here) -> Component:
    """The table, one row for each measure."""
    language = answer.language
    head = [heading(answer.panel.column(name), language, kind, words) for name, words, kind in _HEADS]
    table = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody([_row(row, language) for row in answer.rows])],
        className="jd-table jd-effect",
    )
    first = answer.rows[0]
    places = {"weeks": count(first["weeks"], language), "day": day(first["started_on"], language)}
    places |= {"first": day(first["from_on"], language), "last": day(first["to_on"], language)}
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    return html.Div([scrolls, html.P(say(_SIDES, language, **places), className="jd-notes")])


def _row(row: Row, language: str) -> Component:
    def level(name: str) -> Component:
        unit = "per_day" if row["slug"] == "volume" else "fraction"
        of = say("of {count}", language, count=count(row[f"{name}_of"], language))
        return html.Td([shown(row[name], unit, language), _small(of)], className="jd-number")

    ends = say("{low} to {high}", language, **{name: effect_of(row, name, language) for name in ("low", "high")})
    found: list[Component | str] = [effect_of(row, "effect", language)]
    if row["low"] is not None:
        found.append(_small(ends))
    return html.Tr(
        [
            html.Th(say(NAMES[row["slug"]], language), scope="row"),
            level("own_before"),
            level("own_after"),
            html.Td(effect_of(row, "own_change", language), className="jd-number"),
            html.Td(effect_of(row, "others_change", language), className="jd-number"),
            html.Td(found, className="jd-number", **data(figure=f"{row['slug']} effect")),
            html.Td(verdict_of(row, language), className="jd-long"),
        ]
    )


def _small(words: str) -> Component:
    return html.Small(f" {words}", className="jd-soft")
