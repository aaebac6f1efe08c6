"""From how many cases on a signal is shown: an administrator sets it, while servers run, for all of them."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from data_access.accounts.audit import Entry, write
from data_access.database import Database
from data_access.signals import SIGNALS
from data_access.tables.system import setting

LEAST: Final = 1
MOST: Final = 100_000
SETTING: Final = "signals"
"""What thresholds are called in the audit log; in the database each has the slug of its signal behind it."""


class ThresholdProblem(ValueError):
    """A threshold that cannot be set; the message says why. `field` is the signal's slug."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def thresholds_in(connection: Connection) -> Mapping[str, int]:
    """Slug of each signal -> the least count with which it is shown just now."""
    names = {_name(slug): slug for slug in SIGNALS}
    rows = connection.execute(select(setting.c.name, setting.c.value).where(setting.c.name.in_(names)))
    chosen = {names[row.name]: int(row.value) for row in rows if _is_taken(row.value)}
    return {slug: chosen.get(slug, signal.default) for slug, signal in SIGNALS.items()}


def set_threshold(database: Database, slug: str, text: str, by: str) -> bool:
    """Show the signal from so many cases on, on behalf of the account `by`; whether that is another number than before.

    Raises ThresholdProblem.
    """
    if slug not in SIGNALS:
        raise ThresholdProblem("The form does not say which signal; use its buttons.", slug)
    plain = text.strip().replace(",", "")
    if not _is_taken(plain):
        message = f"{text.strip() or 'Nothing'} is no threshold; write a whole number from {LEAST} to {MOST}."
        raise ThresholdProblem(message, slug)
    with database.clerk() as connection:
        before = thresholds_in(connection)[slug]
        if int(plain) == before:
            return False
        connection.execute(delete(setting).where(setting.c.name == _name(slug)))
        connection.execute(insert(setting).values(name=_name(slug), value=str(int(plain))))
        write(connection, Entry("settings", by, SETTING, {"signal": slug, "from": int(plain), "before": before}))
    return True


def _name(slug: str) -> str:
    return f"{SETTING}.{slug}"


def _is_taken(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and LEAST <= int(text) <= MOST
