"""/feedback: are citizens satisfied, and with what they were told?"""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from layouts.rooms import page_of

SHOWN: Final = ("feedback", "feedback-outcomes", "feedback-segments", "feedback-course")


def feedback(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Feedback"), SHOWN, language)
