"""What the figures of citizens' conduct say, in one sentence or two each. Plain rows in, words out."""

from dashboard.words.dates import day
from dashboard.words.headlines import Rows
from dashboard.words.numbers import count, percent, shown
from dashboard.words.text import say, say_many
from data_access.conduct import DUE_PROCESS, FULL
from data_access.questions.responsibility import ALL


def standing(rows: Rows, language: str) -> str:
    """How many stand below 100, of how many, at which month's end."""
    row = next((one for one in rows if one["slug"] == ALL[0]), None)
    if row is None:
        return say("The first month is not over: figures about conduct are told at month ends.", language)
    ending = day(row["month_ending"], language)
    if row["below_100"] is None:
        return say("So few citizens stand below 100 that figures would show persons: they are held back.", language)
    return say(
        "On {day} {number} of {all} registered citizens stood below 100: {share} in 10,000.",
        language,
        day=ending,
        number=count(row["below_100"], language),
        all=count(row["registered"], language),
        share=shown(row["per_10000"], "per_100k", language),
    )


def course(rows: Rows, language: str) -> str:
    """How the number of all of them moved in the last month, as far as it is told."""
    told = [row for row in rows if row["slug"] == ALL[0] and row["per_10000"] is not None]
    if len(told) < 2:
        return say("Fewer than two months are told of.", language)
    before, last = told[-2:]
    return say(
        "{now} in 10,000 stood below 100 on {day}; on {earlier} it was {then}.",
        language,
        now=shown(last["per_10000"], "per_100k", language),
        day=day(last["month_ending"], language),
        earlier=day(before["month_ending"], language),
        then=shown(before["per_10000"], "per_100k", language),
    )


def due_process(_rows: Rows, language: str) -> str:
    """What counts, and what does not."""
    return say(DUE_PROCESS, language)


def false_ones(rows: Rows, language: str) -> str:
    """The share of false flags in what is looked at, and how many offices stand out."""
    whole = next((row for row in rows if row["level"] in {"all", "government"} and row["flags"] is not None), None)
    out = sum(bool(row["stands_out"]) for row in rows if row["level"] == "office")
    found = []
    if whole is not None and whole["false_rate"] is not None:
        share, number = percent(whole["false_rate"], language, digits=0), count(whole["reviewed"], language)
        sentence = "Of {number} flags reviewed by {day} {share} were false."
        ending = day(whole["month_ending"], language)
        found.append(say(sentence, language, number=number, day=ending, share=share))
    elif whole is not None and whole["flags"] == 0:
        found.append(say("No office has flagged a citizen.", language))
    elif whole is not None or not out:
        found.append(
            say("Fewer than ten citizens are concerned, or could be worked out: what they are is held back.", language)
        )
    if out:
        found.append(
            say_many(
                "{number} office flags far more than its peers.",
                "{number} offices flag far more than their peers.",
                out,
                language,
                number=count(out, language),
            )
        )
    return " ".join(found)


def of_one(rows: Rows, language: str) -> str:
    """The index, and how many flags make it."""
    if not rows:
        return say("No office has flagged this citizen by then: the index is {full}.", language, full=FULL)
    return say(
        "The index is {index}: {counting} of {all} flags count.",
        language,
        index=rows[0]["index"],
        counting=sum(bool(row["counts"]) for row in rows),
        all=len(rows),
    )
