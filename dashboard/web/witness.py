"""Writes down who did what, where requests come from the web (see `data_access.accounts.audit`)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import g

from dashboard.files.report.description import Report
from dashboard.panels.answer import Answer
from data_access.accounts.audit import Entry, note
from data_access.database import Database
from data_access.memory import Memory

AGAIN: Final = 900
"""Seconds for which an account that goes on looking at a thing, or asking for what it is refused, is not noted again:
pages draw anew by themselves."""
_REMEMBERED: Final = 10_000
_NOTHING: Final[Mapping[str, str | int | bool | None]] = {}


@dataclass(frozen=True)
class Witness:
    """Notes what happens. Made once. What cannot be noted does not happen: an error of the database goes on up."""

    database: Database
    now: Callable[[], float] = time.time
    _seen: Memory = field(default_factory=lambda: Memory(_REMEMBERED))

    def note(
        self,
        action: str,
        subject: str | None = None,
        *,
        account: str | None = None,
        detail: Mapping[str, str | int | bool | None] = _NOTHING,
    ) -> None:
        """One entry; without `account` it is that of whoever asks, if the guard has let anybody in."""
        scope = g.get("scope")
        note(self.database, Entry(action, account or (scope.account if scope else None), subject, detail))

    def saw(self, answer: Answer) -> None:
        """Note that whoever asks sees this, if it is of a kind whose viewing is noted."""
        action, number = answer.panel.viewed_as, answer.filters.complaint
        if action is None or number is None:
            return
        self._once(action, str(number))

    def refused(self, what: str, parameter: str | None) -> None:
        """Note that whoever asks was refused a route or a page; `parameter` is the filter that reached too far."""
        self._once("refused", what if parameter is None else f"{what} {parameter}=")

    def _once(self, action: str, subject: str) -> None:
        """Note it, if this account has not been noted for it lately."""
        key, now = f"{g.scope.account} {action} {subject}", self.now()
        if now - self._seen.get(key, float("-inf")) >= AGAIN:
            self.note(action, subject)
            self._seen[key] = now

    def took(self, answer: Answer) -> None:
        """Note that whoever asks takes this along as a file; of a list, whose rows are still to be read, all of it."""
        rows = None if answer.panel.listing else len(answer.rows)
        self.note("export", answer.panel.name, detail={"query": answer.filters.query(), "rows": rows})

    def took_report(self, report: Report, kind: str) -> None:
        """Note that whoever asks takes this report along, as a file of that kind; its hash tells what was in it."""
        rows = sum(len(section.answer.rows) for section in report.sections)
        detail: dict[str, str | int] = {"query": report.filters.query(), "rows": rows, "sha256": report.fingerprint}
        self.note("export", f"{report.name}.{kind}", detail=detail)
