"""Figures told in public as they are entered. A mistake is withdrawn, never changed: it was told, or it was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, select

from data_access.entries.book import Book
from data_access.entries.entry import There, line_in, slug_in
from data_access.metrics import METRICS
from data_access.questions.announced import CITIZENS, SHARE
from data_access.recording import LONGEST, RecordProblem, id_in, in_one_line, near, today
from data_access.reviews import MOST
from data_access.tables.records import announcement

_OF_OFFICES: Final = "transfer_rate"
"""No figure of a government: the ledger tells it of offices."""
TOLD: Final = (*(name for name in METRICS if name != _OF_OFFICES), SHARE, CITIZENS)
"""What can be told: our metrics, and what was told in public and is none."""
_DAYS: Final = "days"
_OVER_ONE: Final = "clearance_rate"
"""The one rate that may exceed 100%."""


def is_share(metric: str) -> bool:
    """Whether it is a rate, typed in percent."""
    return metric == SHARE or (metric in METRICS and METRICS[metric].unit == "fraction")


@dataclass(frozen=True)
class AnnouncementDraft:
    """One figure: told on `announced_on`, of the end of the day `as_of`. government is a slug, None: the nation.

    value is in the unit of the metric, rates are fractions. note says of a figure that came with the data what part it
    covers; it is not typed.
    """

    announced_on: date
    as_of: date
    source: str
    metric: str
    government: str | None
    value: float
    note: str | None = None

    def said(self) -> dict[str, str]:
        """As it stands in the audit log."""
        return {
            "announced_on": str(self.announced_on),
            "as_of": str(self.as_of),
            "source": in_one_line(self.source),
            "metric": self.metric,
            "government": self.government or "",
            "value": str(self.value),
        }


class Announcements(Book[AnnouncementDraft]):
    """Writes announcements."""

    kind = "announcement"
    table = announcement

    def columns(self, there: There, draft: AnnouncementDraft) -> dict[str, Any]:
        """The columns of a figure that can have been told."""
        if draft.metric not in TOLD:
            raise RecordProblem("Choose what was told.", "metric")
        key = None if draft.government is None else id_in(there.directory, "government", draft.government, "government")
        _check_whose(there, draft)
        _check_value(draft)
        for name, day in (("announced_on", draft.announced_on), ("as_of", draft.as_of)):
            near(day, name, there.state)
        if draft.announced_on > today():
            raise RecordProblem(f"{draft.announced_on} is still to come; enter it once it is told.", "announced_on")
        if draft.as_of > draft.announced_on:
            message = f"It was told on {draft.announced_on}, so it cannot be of a later day, {draft.as_of}."
            raise RecordProblem(message, "as_of")
        return {
            "announced_on": draft.announced_on,
            "as_of": draft.as_of,
            "source": line_in(draft.source, "source", "Say where it was told", LONGEST),
            "metric": draft.metric,
            "government_id": key,
            "value": draft.value,
        }

    def check_new(self, there: There, values: Mapping[str, Any], own: int | None) -> None:
        """The same is told once."""
        a = announcement.c
        names = ("announced_on", "as_of", "source", "metric")
        whose = func.coalesce(a.government_id, 0) == (values["government_id"] or 0)
        same = [a[name] == values[name] for name in names]
        there_already = select(a.id).where(*same, whose, a.note.is_(None), a.withdrawn_at.is_(None), a.id != (own or 0))
        if there.connection.execute(there_already).first():
            message = "This figure stands in the list already, told on that day in the same place; withdraw it first."
            raise RecordProblem(message, "metric")

    def drafts(self, there: There, rows: Sequence[Row[Any]]) -> list[AnnouncementDraft]:
        """As they stand."""
        return [
            AnnouncementDraft(
                announced_on=row.announced_on,
                as_of=row.as_of,
                source=row.source,
                metric=row.metric,
                government=slug_in(there.directory, "government", row.government_id) or None,
                value=row.value,
                note=row.note,
            )
            for row in rows
        ]

    def day(self) -> Any:
        """The day that the figure is of."""
        return announcement.c.as_of


def _check_whose(there: There, draft: AnnouncementDraft) -> None:
    if draft.metric == SHARE and draft.government is None:
        raise RecordProblem("Say which government holds this share; all of them hold 100%.", "government")
    if draft.metric == CITIZENS and draft.government in there.directory.landless:
        message = "Citizens are counted by where they are at home, which is in no land of this government."
        raise RecordProblem(f"{message} Choose another, or the nation.", "government")


def _check_value(draft: AnnouncementDraft) -> None:
    value = draft.value
    if not 0 <= value <= MOST:
        raise RecordProblem("The value must be a number, 0 or more.", "value")
    if is_share(draft.metric):
        if value > 1 and draft.metric != _OVER_ONE:
            raise RecordProblem("A rate is at most 100%; write 55 for 55%.", "value")
    elif not value.is_integer() and (draft.metric == CITIZENS or METRICS[draft.metric].unit != _DAYS):
        raise RecordProblem("This is counted in whole numbers; write 2500.", "value")
