"""What a backup says of itself: the manifest, as it stands in the archive."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Self

from data_access.database import DatabaseProblem

FORMAT: Final = 1
_NAME: Final = re.compile(r"\w{1,64}", re.ASCII)
_LONGEST: Final = 64  # letters of any text
_MOST: Final = 1 << 63
_NONE: Final = "Its manifest cannot be read, so this is no backup of Jawabdeh."


class BackupProblem(DatabaseProblem):
    """A backup that cannot be made or taken; the message is one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Stream:
    """What the manifest says of a table: its rows, and the SHA-256 of their stream."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `schema` is the revision of its tables, `made_at` a time in UTC."""

    made_at: str
    engine: str
    schema: str
    kind: str
    data_version: int
    tables: Mapping[str, Stream]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(stream.rows for stream in self.tables.values())

    @property
    def moment(self) -> datetime:
        """When it was made, in UTC."""
        return datetime.fromisoformat(self.made_at)

    def as_bytes(self) -> bytes:
        """As it stands in the archive."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, indent=1, sort_keys=True).encode()

    @classmethod
    def of_bytes(cls, content: bytes) -> Self:
        """Raises BackupProblem for what is none, or one of a later format."""
        try:
            told = json.loads(content)
            form, tables = told.pop("format"), told.pop("tables")
            if form != FORMAT:
                raise BackupProblem(f"It is of format {form:d}, which this version does not know; take a newer one.")
            made = cls(**told, tables={name: Stream(**one) for name, one in tables.items()})
            sound = made.is_sound()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BackupProblem(_NONE) from error
        if not sound:
            raise BackupProblem(_NONE)
        return made

    def is_sound(self) -> bool:
        """Whether everything is of the kind that it should be. Raises ValueError where the time is none."""
        texts = (self.made_at, self.engine, self.schema, self.kind, *(one.sha256 for one in self.tables.values()))
        numbers = (self.data_version, *(one.rows for one in self.tables.values()))
        return (
            all(type(one) is str and len(one) <= _LONGEST for one in texts)
            and all(type(one) is int and 0 <= one < _MOST for one in numbers)
            and all(map(_NAME.fullmatch, (self.schema, *self.tables)))
            and self.moment.tzinfo is None
        )
