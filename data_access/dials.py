"""Whole numbers that an administrator sets while servers run, for all of them: each in its bounds, each step noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from data_access.accounts.audit import Entry, write
from data_access.database import Database
from data_access.reader import TIMES_SET
from data_access.recording import RecordProblem
from data_access.tables.system import setting


@dataclass(frozen=True)
class Dial:
    """One number: what it is until it is set, and from where to where it can be."""

    default: int
    least: int
    most: int

    def takes(self, text: str) -> bool:
        """Whether the text is a whole number within the bounds."""
        plain = text.isascii() and text.isdigit() and len(text) <= len(str(self.most))
        return plain and self.least <= int(text) <= self.most


@dataclass(frozen=True)
class Dials:
    """Numbers that belong together, by slug.

    `setting` is what they are called in the audit log and the database, where each has its slug behind it; `each` is
    what has such a number, `number` what the number is called.
    """

    setting: str
    each: str
    number: str
    dials: Mapping[str, Dial]

    def read(self, connection: Connection) -> Mapping[str, int]:
        """Slug -> its number just now."""
        names = {self._name(slug): slug for slug in self.dials}
        rows = connection.execute(select(setting.c.name, setting.c.value).where(setting.c.name.in_(names)))
        chosen = {names[row.name]: row.value for row in rows}
        return {
            slug: int(chosen[slug]) if slug in chosen and dial.takes(chosen[slug]) else dial.default
            for slug, dial in self.dials.items()
        }

    def turn(self, database: Database, slug: str, text: str, by: str) -> bool:
        """Set one on behalf of the account `by`; whether that is another number than before. Raises RecordProblem."""
        dial = self.dials.get(slug)
        if dial is None:
            raise RecordProblem(f"The form does not say which {self.each}; use its buttons.", slug)
        plain = text.strip().replace(",", "")
        if not dial.takes(plain):
            what = text.strip() or "Nothing"
            message = f"{what} is no {self.number}; write a whole number from {dial.least} to {dial.most}."
            raise RecordProblem(message, slug)
        with database.clerk() as connection:
            before = self.read(connection)[slug]
            if int(plain) == before:
                return False
            _put(connection, self._name(slug), int(plain))
            times = connection.execute(select(setting.c.value).where(setting.c.name == TIMES_SET)).scalar()
            _put(connection, TIMES_SET, int(times or 0) + 1)
            detail: dict[str, str | int | bool | None] = {self.each: slug, "from": int(plain), "before": before}
            write(connection, Entry("settings", by, self.setting, detail))
        return True

    def _name(self, slug: str) -> str:
        return f"{self.setting}.{slug}"


def _put(connection: Connection, name: str, number: int) -> None:
    connection.execute(delete(setting).where(setting.c.name == name))
    connection.execute(insert(setting).values(name=name, value=str(number)))
