"""What each piece of a stay counts in, as of a day: the definitions of `held_counts`, in arrays."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import numpy as np

from data_access.arrays import among
from data_access.custody import Custody
from data_access.measures import UNSTATED
from data_access.selection import View, Window
from data_access.stays import ENDINGS, WORDS


class Pieces:
    """Some pieces of stays, looked at under a view.

    `rows` are the pieces by their place in the custody. `of_offices`: holders are offices, who have a stay once,
    whoever held the post.
    """

    def __init__(
        self, custody: Custody, rows: slice | np.ndarray, view: View, window: Window, *, of_offices: bool
    ) -> None:
        self.today, self.of_offices = custody.day(window.as_of), of_offices
        self.then = None if view.before is None else view.before.as_of
        self._custody, self._rows, self._view, self._window = custody, rows, view, window
        self._columns: dict[str, np.ndarray] = {}
        self._counted: dict[str, np.ndarray] = {}

    def column(self, name: str) -> np.ndarray:
        """One column of the pieces, as `Custody` has it."""
        if name not in self._columns:
            self._columns[name] = self._custody.pieces[name][self._rows]
        return self._columns[name]

    def counted(self, name: str) -> np.ndarray:
        """Which pieces count in this one of COUNTED, or with how many days."""
        if name not in self._counted:
            self._counted[name] = COUNTED[name](self)
        return self._counted[name]

    def asked(self) -> np.ndarray:
        """Which had begun by the day, and belong to what is asked about."""
        flags: np.ndarray = self.column("first") <= self.today
        selection, window, day = self._view.selection, self._window, self._custody.day
        for name, values in (("district", selection.districts), ("category", selection.categories)):
            if values is not None:
                flags &= among(self.column(name), values)
        for name, code_of in WORDS.items():
            word = getattr(selection, name)
            if word is not None:
                flags &= self.column(name) == code_of[word]
        if window.from_on is not None and window.to_on is not None:
            received = self.column("received")
            flags &= (received >= day(window.from_on)) & (received <= day(window.to_on))
        return flags

    def pending_on(self, day: date) -> np.ndarray:
        """Which were pending at the end of a day until then."""
        then = self._custody.day(day)
        found: np.ndarray = self.counted("asked") & (self.column("first") <= then) & (self.column("end") > then)
        return found

    def days_from(self, first: np.ndarray) -> np.ndarray:
        """Days from the first until the holder had it no more, or until the day, which does not count."""
        days = np.minimum(self.column("end"), self.today) - first
        return np.where(self.counted("asked") & (days > 0), days, 0)

    def observed(self) -> tuple[np.ndarray, np.ndarray]:
        """Days since arrival at the office at which the holder had it first, and last.

        For an office the pieces of a stay follow one another without gap or overlap: together they are its stay.
        """
        opened, end = self.column("opened"), self.column("end")
        last = np.minimum(np.where(self.column("closes"), end, end - 1), self.today)
        return self.column("first") - opened, last - opened


def _was_pending(p: Pieces) -> np.ndarray:
    """Pending on the day that changes are measured against."""
    return np.zeros_like(p.counted("asked")) if p.then is None else p.pending_on(p.then)


# A closing, a move and an answer are those of the piece in which the stay ended: exactly one of each stay's.
COUNTED: Final[Mapping[str, Callable[[Pieces], np.ndarray]]] = {
    "asked": Pieces.asked,
    "ended": lambda p: p.counted("asked") & p.column("closes") & (p.column("end") <= p.today),
    "own": lambda p: p.counted("ended") | p.counted("pending"),
    "held": lambda p: p.counted("asked") & p.column("begins") if p.of_offices else p.counted("asked"),
    "pending": lambda p: p.counted("asked") & (p.column("end") > p.today),
    "was_pending": _was_pending,
    "pending_over_90": lambda p: p.counted("pending") & (p.column("received") < p.today - 90),
    "overdue": lambda p: p.counted("pending") & (p.column("due") < p.today),
    "moved_in": lambda p: p.counted("asked") & p.column("begins") & p.column("came"),
    "moved_away": lambda p: p.counted("ended") & (p.column("outcome") == ENDINGS["transferred"]),
    "closings": lambda p: p.counted("ended") & (p.column("outcome") != ENDINGS["transferred"]),
    "resolved": lambda p: p.counted("closings") & (p.column("reopened") > p.today),
    "received": lambda p: p.counted("resolved") | p.counted("pending"),
    "reopened": lambda p: p.counted("own") & (p.column("reopened") <= p.today),
    "resolved_relief": lambda p: p.counted("resolved") & (p.column("outcome") == ENDINGS["relief"]),
    "resolved_stated": lambda p: p.counted("resolved") & (p.column("outcome") != ENDINGS[UNSTATED]),
    "resolved_on_time": lambda p: p.counted("resolved") & (p.column("end") <= p.column("due")),
    "resolved_late": lambda p: p.counted("resolved") & (p.column("end") > p.column("due")),
    "judged": lambda p: p.counted("resolved") | p.counted("overdue"),
    "answers": lambda p: p.counted("own") & (p.column("feedback") <= p.today),
    "satisfied": lambda p: p.counted("answers") & p.column("satisfied"),
    "confirmed": lambda p: p.counted("resolved_relief") & p.counted("satisfied"),
    "days_held": lambda p: p.days_from(p.column("first")),
    "days_late": lambda p: p.days_from(np.maximum(p.column("first"), p.column("due") + 1)),
}
"""All of COUNTS but the change, which is `pending` less `was_pending`; and what they are made of."""
