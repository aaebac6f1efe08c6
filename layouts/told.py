"""Initiatives and stories, each with its text: what, when, whose, and where it was told."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.text import say
from layouts.aria import aria
from layouts.listed import ONE
from layouts.parts import Here

Row = Mapping[str, Any]


def told(answer: Answer, here: Here) -> Component:
    """One part for each row; of initiatives the one that is looked at is marked, the others lead to themselves."""
    language = answer.language
    of_initiatives = "started_on" in answer.rows[0]
    parts = [_initiative(answer, row, here) if of_initiatives else _story(row, language) for row in answer.rows]
    return html.Div(parts, className="jd-told-of")


def looked_at(answer: Answer, here: Here) -> int | None:
    """The number of the initiative that the page is about: the newest that answers a category where none is chosen."""
    if here.filters.complaint is not None:
        return here.filters.complaint
    return next((row["id"] for row in answer.rows if row["category_slug"]), None)


def _initiative(answer: Answer, row: Row, here: Here) -> Component:
    language, chosen = answer.language, row["id"] == looked_at(answer, here)
    way = dcc.Link(row["title"], href=here.to(complaint=row["id"]))
    about = [day(row["started_on"], language), row["owner"], row["category"] or say("no single category", language)]
    parts = [html.H3(way), _line(about), html.P(row["summary"]), _source(row)]
    if not chosen:
        return html.Article(parts, className="jd-told-one")
    return html.Article(parts, className="jd-told-one jd-chosen", **aria(current="true"))


def _story(row: Row, language: str) -> Component:
    about = [day(row["told_on"], language), row["kind"], row["category"], row["district"]]
    ways = []
    if row["complaint"] is not None:
        words = say("Complaint {number}", language, number=row["complaint"])
        ways = [html.P(dcc.Link(words, href=f"{ONE}{row['complaint']}", refresh=True), className="jd-ways")]
    parts = [html.H3(row["title"]), _line([one for one in about if one]), html.P(row["summary"]), *ways, _source(row)]
    return html.Article(parts, className="jd-told-one")


def _line(parts: list[str]) -> Component:
    return html.P(" · ".join(parts), className="jd-soft")


def _source(row: Row) -> Component:
    return html.P(row["source"], className="jd-notes")
