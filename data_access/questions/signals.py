"""Which offices are worth asking about? Patterns in their record that chance and their peers do not explain."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from data_access.directory import Directory, Member
from data_access.questions.crowd import FIGURES, Crowd, Found
from data_access.questions.framed import Framed
from data_access.questions.listing import Part
from data_access.questions.replies import newest_replies
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.signals import SIGNALS, Signal
from data_access.thresholds import THRESHOLDS

COLUMNS: Final = (
    *("signal", "label", "definition", "threshold", "rank", "slug", "name", "post"),
    *("department_slug", "department", "government_slug", "government", *FIGURES, "reply", "replied_on"),
)
SORTS: Final = ("signal", "label", "rank", "name", "post", "department", "government", *FIGURES, "replied_on")
SEARCHED: Final = ("label", "name", "post", "department", "government", "reply")


def signals(snapshot: Snapshot, view: View) -> Part:
    """A part of the rows, one per office and signal: COLUMNS. What stands out most comes first in each signal.

    An office is among them whose count reaches the signal's threshold, and whose score the limit of chance. Its share
    is held against that of its peers in the whole country, whoever asks: offices with the same post, all offices where
    fewer than five of those have anything to show, itself left out.
    """
    return _framed(snapshot, view).part(view.filters)


def all_signals(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """All rows, as `signals` has them."""
    return _framed(snapshot, view).whole(view.filters)


def _framed(snapshot: Snapshot, view: View) -> Framed:
    rows: list[dict[str, Any]] = []
    if view.window is not None and snapshot.directory.members["office"]:
        crowd = Crowd.of(snapshot, view.selection, view.window)
        thresholds, replies = THRESHOLDS.read(snapshot.connection), newest_replies(snapshot.connection)
        for signal in SIGNALS.values():
            if view.filters.by in (None, signal.slug):
                found, head = (
                    crowd.standing_out(signal, thresholds[signal.slug]),
                    _head(signal, thresholds[signal.slug]),
                )
                rows += [_row(head, rank, one, snapshot.directory, replies) for rank, one in enumerate(found, 1)]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in COLUMNS}, columns=list(COLUMNS)
    )
    return Framed(frame, SORTS, SEARCHED)


def _head(signal: Signal, threshold: int) -> dict[str, Any]:
    return {
        "signal": signal.slug,
        "label": signal.label,
        "definition": signal.definition.format(threshold=threshold),
        "threshold": threshold,
    }


def _row(
    head: Mapping[str, Any], rank: int, one: Found, directory: Directory, replies: Mapping[tuple[int, str], Any]
) -> dict[str, Any]:
    department = directory.parent_of(one.office, "department")
    government = None if department is None else directory.parent_of(department, "government")
    reply = replies.get((one.office.id, head["signal"]))
    return {
        **head,
        "rank": rank,
        "slug": one.office.slug,
        "name": one.office.name,
        "post": one.office.post,
        **_named("department", department),
        **_named("government", government),
        **one.figures,
        "reply": reply.text if reply else None,
        "replied_on": reply.entered_at.date() if reply else None,
    }


def _named(level: str, member: Member | None) -> dict[str, str | None]:
    return {f"{level}_slug": member.slug if member else None, level: member.name if member else None}
