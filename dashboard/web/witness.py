"""Writes down who did what, where requests come from the web (see `data_access.accounts.audit`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import g

from data_access.accounts.audit import Entry, note
from data_access.database import Database

_NOTHING: Final[Mapping[str, str | int | bool | None]] = {}


@dataclass(frozen=True)
class Witness:
    """Notes what happens. Made once. What cannot be noted does not happen: an error of the database goes on up."""

    database: Database

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
