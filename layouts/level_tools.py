"""Whose parts a panel's rows are: the level that is shown, and the others that can be chosen."""

from collections.abc import Mapping
from typing import Final

from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import marked, say
from layouts.choices import Choice, row_of
from layouts.parts import Here

LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "government": ("governments", marked("Government")),
    "district": ("districts", marked("District")),
    "department": ("departments", marked("Department")),
    "office": ("offices", marked("Office")),
    "category": ("categories", marked("Category")),
}
"""What a row is -> what `by` calls rows of that kind, and their name."""


def levels(answer: Answer, here: Here) -> Component:
    """The levels to choose from, each a link; those of which one member is looked at are left out."""
    shown = answer.rows[0]["level"] if answer.rows else None
    choices = [
        Choice(say(words, answer.language), _way(parameter, by, here), parameter == shown)
        for parameter, (by, words) in LEVELS.items()
        if parameter == shown or _is_offered(parameter, answer, here)
    ]
    return row_of(say("By", answer.language), choices)


def _way(parameter: str, by: str, here: Here) -> str:
    """Governments stand there by themselves while nothing closer is asked for; said, they would be one's own alone."""
    return here.to(by=None if parameter == "government" and not _CLOSER & here.filters.given().keys() else by)


def _is_offered(parameter: str, answer: Answer, here: Here) -> bool:
    given = here.filters.given()
    if parameter == "office":
        return bool({"department", "office"} & answer.filters.given().keys())
    return not ({"government", "department", "office"} if parameter == "government" else {parameter}) & given.keys()


_CLOSER: Final = frozenset({"government", "division", "district", "department", "office"})
