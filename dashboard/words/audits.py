"""What is said of closings that were drawn by lot, and of what their citizens answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.words.numbers import count, percent
from dashboard.words.text import say, say_many
from data_access.filters import Filters


def drawn(number: int, _filters: Filters, _names: Mapping[str, str], language: str) -> str:
    """How many closings were drawn."""
    if not number:
        return say("No closing was drawn here for a call to its citizen.", language)
    one, many = "One closing, drawn by lot.", "{number} closings, drawn by lot."
    return say_many(one, many, number, language, number=count(number, language))


def confirmed(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """What share of the closings their citizens confirm, and how sure that is."""
    if not rows:
        return say("No closing was drawn here for a call to its citizen.", language)
    whole = rows[-1]
    places = {name: count(whole[name], language) for name in ("answered", "sampled", "population")}
    if whole["share"] is None:
        sentence = "{answered} of {sampled} citizens have answered: too few to say what share of closings they confirm."
        return say(sentence, language, **places)
    shares = {name: percent(whole[name], language) for name in ("share", "low", "high")}
    sentence = (
        "Citizens confirm {share} of {population} closings ({low} to {high}, with 95% confidence, from {answered} who "
        "have answered)."
    )
    return say(sentence, language, **places, **shares)
