"""What the figures of registered citizens say, in one sentence each. Plain rows in, words out."""

from dashboard.words.headlines import Rows
from dashboard.words.numbers import count, percent
from dashboard.words.text import say


def registered(rows: Rows, language: str) -> str:
    """How many are registered, the share of women, and how many of those who complain do so again."""
    sums = {
        name: sum(row[name] or 0 for row in rows)
        for name in ("registered", "women", "of_known_gender", "complainants", "repeat_complainants")
    }
    if not sums["registered"]:
        return say("Nobody was registered by then.", language)
    found = [say("{number} citizens are registered.", language, number=count(sums["registered"], language))]
    if sums["of_known_gender"]:
        women = percent(sums["women"] / sums["of_known_gender"], language)
        found.append(say("Women are {share} of those whose gender is known.", language, share=women))
    if sums["complainants"]:
        again = percent(sums["repeat_complainants"] / sums["complainants"], language, digits=0)
        found.append(say("Of those who complained, {share} did so more than once.", language, share=again))
    return " ".join(found)


def growth(rows: Rows, language: str) -> str:
    """How many came in the last whole week, and on average in the four weeks before it."""
    whole = [row for row in rows if row["days"] == max(one["days"] for one in rows)]
    if not whole:
        return say("Nobody was registered by then.", language)
    last, before = whole[-1], whole[-5:-1]
    number = count(last["new"], language)
    if len(before) < 4:
        return say("{number} citizens registered in the last week.", language, number=number)
    usual = count(sum(row["new"] for row in before) / len(before), language)
    return say(
        "{number} citizens registered in the last week; in the four weeks before it {usual} a week.",
        language,
        number=number,
        usual=usual,
    )
