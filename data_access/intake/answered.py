"""What programs were answered that sent something under a name of theirs: whoever asks again gets the same answer.

It is kept in the database, where every process that serves it finds it, for an hour.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select, text

from data_access.database import Database
from data_access.tables.together import sent_answer

KEPT: Final = 3600
"""Seconds. Events are known by what they say, so what is asked again later lands nothing twice either."""


@dataclass(frozen=True)
class Answered:
    """An answer, and the digest of what it was given to."""

    digest: str
    told: dict[str, Any]


@dataclass(frozen=True)
class SentAnswers:
    """Made once for a server. `now` gives seconds since 1970."""

    database: Database
    now: Callable[[], float] = time.time

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Alone with this name, among all processes: what is sent twice at once is answered once, and then again."""
        if self.database.dialect != "postgresql":
            yield
            return
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with self.database.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
            yield

    def of(self, name: str) -> Answered | None:
        """What was answered under this name."""
        a = sent_answer.c
        asked = select(a.digest, a.told).where(a.name == _hashed(name), a.until > int(self.now()))
        with self.database.snapshot() as connection:
            row = connection.execute(asked).one_or_none()
        return None if row is None else Answered(row.digest, json.loads(row.told))

    def keep(self, name: str, answer: Answered) -> None:
        """Keep it; what was kept long enough goes."""
        a, now = sent_answer.c, int(self.now())
        told = json.dumps(answer.told, ensure_ascii=False)
        with self.database.clerk() as connection:
            connection.execute(delete(sent_answer).where(or_(a.name == _hashed(name), a.until < now)))
            row = {"name": _hashed(name), "digest": answer.digest, "told": told, "until": now + KEPT}
            connection.execute(insert(sent_answer).values(row))


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
