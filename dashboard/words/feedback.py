"""What citizens' answers say, in one sentence each, with how many answered and how sure it is. Rows in, words out."""

from typing import Final

import numpy as np

from dashboard.words.headlines import Rows
from dashboard.words.numbers import count, percent
from dashboard.words.text import marked, say
from data_access.questions.feedback import FEWEST
from data_access.wilson import wilson

NOBODY: Final = marked("No citizen has answered under these filters.")


def overall(rows: Rows, language: str) -> str:
    """The satisfaction of all rows together, and who stands first and last of those with answers enough."""
    closings, answers, satisfied = (sum(row[name] for row in rows) for name in ("closings", "answers", "satisfied"))
    if not answers:
        return say(NOBODY, language)
    low, high = wilson(np.array([satisfied / answers]), np.array([answers]))
    first = say(
        "{share} of {answers} answers are satisfied ({low} to {high}); {response} of closings were answered.",
        language,
        share=percent(satisfied / answers, language),
        answers=count(answers, language),
        low=percent(float(low[0]), language),
        high=percent(float(high[0]), language),
        response=percent(answers / closings, language, digits=0) if closings else say("n/a", language),
    )
    ranked = sorted((row for row in rows if row["rank"] is not None), key=lambda row: -row["satisfaction"])
    if len(ranked) < 2 or ranked[0]["low"] <= ranked[-1]["high"]:
        return first
    best, worst = ranked[0], ranked[-1]
    second = say(
        "Most in {best}, {most}; least in {worst}, {least}.",
        language,
        best=best["name"],
        most=percent(best["satisfaction"], language),
        worst=worst["name"],
        least=percent(worst["satisfaction"], language),
    )
    return f"{first} {second}"


def apart(rows: Rows, language: str) -> str:
    """The segment whose citizens are satisfied least, where it surely differs from the one satisfied most."""
    told = [row for row in rows if row["answers"] >= FEWEST]
    if not told:
        return say("No segment has {fewest} answers.", language, fewest=count(FEWEST, language))
    best = max(told, key=lambda row: row["satisfaction"])
    worst = min(told, key=lambda row: row["satisfaction"])
    if best["low"] <= worst["high"]:
        return say("No segment is surely more satisfied than another.", language)
    return say(
        "Most satisfied: {best}, {most}; least: {worst}, {least}.",
        language,
        best=best["name"],
        most=percent(best["satisfaction"], language),
        worst=worst["name"],
        least=percent(worst["satisfaction"], language),
    )


def denied(rows: Rows, language: str) -> str:
    """How many deny the relief that their closing says, and what the dissatisfied were told."""
    by = {row["slug"]: row for row in rows}
    relief, dissatisfied = by.get("relief"), sum(row["dissatisfied"] for row in rows)
    if relief is None or not sum(row["answers"] for row in rows):
        return say(NOBODY, language)
    found = []
    if relief["answers"]:
        found.append(
            say(
                "{denied} of {answers} who were told of relief deny it ({share}).",
                language,
                denied=count(relief["dissatisfied"], language),
                answers=count(relief["answers"], language),
                share=percent(relief["dissatisfied"] / relief["answers"], language),
            )
        )
    if dissatisfied:
        share = percent(relief["dissatisfied"] / dissatisfied, language, digits=0)
        found.append(say("They are {share} of the dissatisfied.", language, share=share))
    return " ".join(found) or say("Nobody who answered is dissatisfied.", language)


def lately(rows: Rows, language: str) -> str:
    """The satisfaction of the last whole week, and whether it surely differs from that of the four weeks before."""
    longest = max((row["days"] for row in rows), default=0)
    whole = [row for row in rows if row["days"] == longest]
    if not whole or not whole[-1]["answers"]:
        return say("No citizen has answered in the last week.", language)
    last, before = whole[-1], whole[-5:-1]
    answers, satisfied = (sum(row[name] for row in before) for name in ("answers", "satisfied"))
    now = percent(last["satisfaction"], language)
    if not answers:
        return say("{now} of the last week's answers are satisfied.", language, now=now)
    low, high = wilson(np.array([satisfied / answers]), np.array([answers]))
    places = {"now": now, "then": percent(satisfied / answers, language)}
    if last["low"] > float(high[0]):
        sentence = marked("{now} of the last week's answers are satisfied, up from {then} in the four before.")
    elif last["high"] < float(low[0]):
        sentence = marked("{now} of the last week's answers are satisfied, down from {then} in the four before.")
    else:
        sentence = marked("{now} of the last week's answers are satisfied, {then} in the four before: no sure change.")
    return say(sentence, language, **places)
