"""Initiatives and stories, each with its text: what, when, whose, and where it was told."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.web.guard import INITIATIVES_PAGE, STORIES_PAGE
from dashboard.words.dates import day
from dashboard.words.text import marked, say
from data_access.filters import Filters
from data_access.questions.initiatives import KINDS, POLICY, SEVERAL, place_of
from data_access.roles import may_enter
from layouts.aria import aria
from layouts.listed import ONE
from layouts.parts import Here, address

Row = Mapping[str, Any]
SCORECARD: Final = "/"
CAMPAIGN: Final = marked("a campaign for the portal")
_ENTER: Final[Mapping[str, tuple[str, str]]] = {
    "initiatives": (INITIATIVES_PAGE, marked("Add or change initiatives")),
    "stories": (STORIES_PAGE, marked("Add or change stories")),
}
"""Panel -> the page on which its rows are entered, and what leads there."""


def told(answer: Answer, here: Here) -> Component:
    """One part for each row; of initiatives those that are looked at are marked, the others lead to themselves.

    Who may enter more finds the way to it below.
    """
    language, ways = answer.language, _ways(answer)
    if not answer.rows:
        return html.Div([html.P(say("There is nothing to tell yet.", language), className="jd-empty"), *ways])
    of_initiatives = answer.panel.name == "initiatives"
    chosen = looked_at(answer, here) if of_initiatives else frozenset()
    parts = [
        _initiative(answer, row, here, chosen=row["id"] in chosen) if of_initiatives else _story(row, language)
        for row in answer.rows
    ]
    return html.Div([html.Div(parts, className="jd-told-of"), *ways])


def looked_at(answer: Answer, here: Here) -> frozenset[int]:
    """The numbers of the initiatives that the page is about: a policy and a campaign, where there are both."""
    places = [place_of(answer.rows, here.filters.complaint, kind) for kind in KINDS]
    return frozenset(answer.rows[place]["id"] for place in places if place is not None)


def _ways(answer: Answer) -> list[Component]:
    """Where an account that may enters what the panel shows."""
    if not may_enter(answer.abilities, answer.pinned):
        return []
    path, words = _ENTER[answer.panel.name]
    return [html.P(html.A(say(words, answer.language), href=path), className="jd-ways")]


def _initiative(answer: Answer, row: Row, here: Here, *, chosen: bool) -> Component:
    language = answer.language
    way = dcc.Link(row["title"], href=here.to(complaint=row["id"]))
    about: list[Component | str] = [day(row["started_on"], language), " · ", row["owner"], " · "]
    about += [say(CAMPAIGN, language)] if row["kind"] != POLICY else _categories(row, here, language)
    parts = [html.H3(way), html.P(about, className="jd-soft"), html.P(row["summary"]), _source(row)]
    if not chosen:
        return html.Article(parts, className="jd-told-one")
    return html.Article(parts, className="jd-told-one jd-chosen", **aria(current="true"))


def _categories(row: Row, here: Here, language: str) -> list[Component | str]:
    """The categories that it answers, each the way to its complaints in figures."""
    if row["category_slugs"] is None:
        return [say("no single category", language)]
    named = zip(row["category_slugs"].split(), row["categories"].split(SEVERAL), strict=True)
    links = [
        dcc.Link(name, href=address(SCORECARD, Filters(as_of=here.filters.as_of, category=slug)), refresh=True)
        for slug, name in named
    ]
    found: list[Component | str] = []
    for link in links:
        found += [", ", link] if found else [link]
    return found


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
