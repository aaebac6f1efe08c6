"""The figures of a report as one text that is the same wherever it is written, and its SHA-256.

The text is JSON in UTF-8, without spaces, keys in alphabetical order:
`{"figures":[{"as_of":…,"panel":…,"rows":[…]},…]}`, with the panels in the report's order and each row as the API gives
it: all columns, days as ISO 8601, numbers in full.
So anybody can work the hash out again from answers of the API. What figures are asked under is no part of it, nor the
data version: the same figures have the same hash, and another hash means that a figure differs.
"""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final

from dashboard.panels.answer import Answer
from dashboard.words.text import marked

HASH: Final = marked(
    "The fingerprint at the foot of each page is the SHA-256 of all figures as the API gives them. The same figures "
    "have the same fingerprint; another one means that a figure differs."
)
"""What it is, for who reads it."""


def canonical(answers: Iterable[Answer]) -> bytes:
    """The text."""
    figures = [{"panel": one.panel.name, "as_of": one.as_of, "rows": one.rows} for one in answers]
    plain = json.dumps(
        {"figures": figures},
        default=_iso,
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return plain.encode()


def fingerprint(answers: Iterable[Answer]) -> str:
    """Its SHA-256, in 64 hexadecimal digits."""
    return sha256(canonical(answers)).hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no figure")
