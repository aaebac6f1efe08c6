"""What is said of closings that were drawn by lot, and of what their citizens answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.numbers import count, percent
from dashboard.words.text import marked, say, say_many
from data_access.filters import Filters

NONE: Final = marked("No closing was drawn here for a call to its citizen.")


def draws(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """How many draws there are, and which one is the newest."""
    if not rows:
        return say(NONE, language)
    newest = rows[0]
    places = {
        "number": count(len(rows), language),
        "draw": newest["draw"],
        "seed": newest["seed"],
        "sampled": count(newest["sampled"], language),
        "day": day(newest["drawn_on"], language),
    }
    one = "One draw: {sampled} closings, by seed {seed}, on {day}."
    many = "{number} draws; the newest, draw {draw}, has {sampled} closings, by seed {seed}, on {day}."
    return say_many(one, many, len(rows), language, **places)


def drawn(number: int, filters: Filters, _names: Mapping[str, str], language: str) -> str:
    """How many closings were drawn; of which draw, where one is asked for."""
    if not number:
        return say("No closing of the draw has these words." if filters.search else NONE, language)
    one, many = "One closing, drawn by lot.", "{number} closings, drawn by lot."
    if filters.complaint is not None:
        one, many = "Draw {draw}: one closing, drawn by lot.", "Draw {draw}: {number} closings, drawn by lot."
    return say_many(one, many, number, language, number=count(number, language), draw=filters.complaint)


def confirmed(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """What share of the closings their citizens confirm, and how sure that is."""
    if not rows:
        return say(NONE, language)
    whole = rows[-1]
    places = {name: count(whole[name], language) for name in ("answered", "sampled", "population")}
    places["draw"] = str(whole["draw"])
    if whole["share"] is None:
        sentence = (
            "Draw {draw}: {answered} of {sampled} citizens have answered, too few to say what share of closings they "
            "confirm."
        )
        return say(sentence, language, **places)
    shares = {name: percent(whole[name], language) for name in ("share", "low", "high")}
    sentence = (
        "Draw {draw}: citizens confirm {share} of {population} closings ({low} to {high}, with 95% confidence, from "
        "{answered} who have answered)."
    )
    return say(sentence, language, **places, **shares)
