"""A figure told in public in words: what it is called, how it is read, and why the ledger says what it says."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from dashboard.words.numbers import changed, count, moved, percent, shown
from dashboard.words.text import marked, say
from data_access.metrics import METRICS, Unit
from data_access.questions.announced import AFTER, ALL, BEFORE, CITIZENS, NATION, OTHERS, SHARE, UNDEFINED, UNKNOWN

Row = Mapping[str, Any]
_LABELS: Final[Mapping[str, str]] = {
    SHARE: marked("Share of all pending over 90 days"),
    CITIZENS: marked("Registered citizens"),
}
_UNITS: Final[Mapping[str, Literal["fraction", "whole"]]] = {SHARE: "fraction", CITIZENS: "whole"}
_OLD: Final = "pending_over_90"
_MISSING: Final[Mapping[str, str]] = {
    BEFORE: marked("The data begin later."),
    AFTER: marked("The data do not reach that day yet."),
    UNKNOWN: marked("The ledger holds nothing that tells it."),
    UNDEFINED: marked("There was nothing to divide by on that day."),
}
_DIGITS: Final = 2  # of a fraction: rates are told in whole percent
_SAME: Final = 1e-9
_LEAST: Final = 0.0005  # of a fraction: less is no tenth of a point


def label_of(metric: str, language: str) -> str:
    """What a figure is called; in its own words where it is none of ours."""
    if metric in METRICS:
        return say(METRICS[metric].label, language)
    return say(_LABELS[metric], language) if metric in _LABELS else metric.replace("_", " ").capitalize()


def unit_of(metric: str) -> Unit | Literal["whole", "decimal"]:
    """What it is counted in: `decimal` where that is not known."""
    return METRICS[metric].unit if metric in METRICS else _UNITS.get(metric, "decimal")


def difference_of(row: Row, language: str) -> str:
    """Ledger less announced, of rates in points; "the same" where there is none."""
    if row["difference"] is None:
        return say("n/a", language)
    unit = unit_of(row["metric"])
    if abs(row["difference"]) < _SAME:
        return say("the same", language)
    if unit == "fraction" and abs(row["difference"]) < _LEAST:
        return say("under 0.1 points", language)
    return changed(row["difference"], unit, language)


def told_of(row: Row, language: str) -> str:
    """The figure as it was told: a rate in whole percent is no more exact than that."""
    if unit_of(row["metric"]) == "fraction" and abs(row["announced"] - round(row["announced"], _DIGITS)) < _SAME:
        return percent(row["announced"], language, digits=0)
    return shown(row["announced"], unit_of(row["metric"]), language)


def agrees(row: Row) -> bool:
    """Whether the ledger says the same, as exactly as the figure was told."""
    if row["difference"] is None:
        return False
    if abs(row["difference"]) < _SAME:
        return True
    return unit_of(row["metric"]) == "fraction" and _is_rounded(row)


def _is_rounded(row: Row) -> bool:
    told: float = row["announced"]
    return abs(told - round(told, _DIGITS)) < _SAME and abs(round(row["ledger"], _DIGITS) - told) < _SAME


def why(row: Row, rows: Sequence[Row], sample: bool, language: str) -> str:
    """Why the two differ, or what of the figure is worth knowing, by rules; empty where they are the same.

    `rows` are all figures told, `sample` says whether the data are invented.
    """
    if row["missing"] is not None:
        return say(_MISSING[row["missing"]], language)
    about = [_of_the_whole(row, rows, language), _by_home(row, rows, language)]
    if not agrees(row):
        about.append(_because(row, sample, language))
    elif abs(row["difference"]) >= _SAME:
        about.append(say("Told in whole percent; rounded so, the ledger says the same.", language))
    return " ".join(part for part in about if part)


NO_REASON: Final = marked("No reason is known.")
SAMPLE: Final = marked("The data here are a sample, not the portal's own.")


def _because(row: Row, sample: bool, language: str) -> str:
    """What has made the two differ: news that came after it was told, in full or in part."""
    late, unknown = row["restated"], say(SAMPLE if sample else NO_REASON, language)
    if late is None:
        return say("News that landed since has changed these days; by how much this figure, is not recorded.", language)
    if not late:
        return unknown
    told = say(
        "News that landed since has changed the day: {change}.", language, change=moved(late, "complaints", language)
    )
    return told if late == row["difference"] else f"{told} {say('Of the rest:', language)} {unknown}"


def _together(row: Row, rows: Sequence[Row]) -> list[Row]:
    """What was told in the same place of the same day."""
    return [one for one in rows if (one["source"], one["of_day"]) == (row["source"], row["of_day"])]


def _of_the_whole(row: Row, rows: Sequence[Row], language: str) -> str:
    """A share of a number that was told too: what it comes to."""
    wholes = [one for one in _together(row, rows) if one["metric"] == _OLD and one["slug"] == NATION[0]]
    if row["metric"] != SHARE or not wholes:
        return ""
    whole = wholes[0]
    told = say(
        "{share} of {whole} is {part}",
        language,
        share=percent(row["announced"], language, digits=0),
        whole=count(whole["announced"], language),
        part=count(row["announced"] * whole["announced"], language),
    )
    if whole["ledger"] is None:
        return f"{told}."
    return say(
        "{told}; the ledger has {part}.", language, told=told, part=count(row["ledger"] * whole["ledger"], language)
    )


def _by_home(row: Row, rows: Sequence[Row], language: str) -> str:
    """All citizens: how many of them were told by province, and who the others are."""
    if row["metric"] != CITIZENS or row["note"] != ALL:
        return ""
    told = [one for one in _together(row, rows) if one["metric"] == CITIZENS and one is not row]
    by_home = sum(one["announced"] for one in told if one["slug"] != NATION[0])
    others = [
        say("{number} {who}", language, number=count(one["announced"], language), who=say(one["note"], language))
        for one in told
        if one["note"] in OTHERS
    ]
    if not by_home:
        return ""
    return say(
        "By province the source adds up to {by_home} of {whole}; the others: {others}.",
        language,
        by_home=count(by_home, language),
        whole=count(row["announced"], language),
        others=", ".join(others) or say("not told", language),
    )
