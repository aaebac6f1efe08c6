"""Whether something failed because the disk is full, whoever says so and by whatever name."""

import errno
from typing import Final

_CODES: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_STATES: Final = frozenset({"53100"})
"""What PostgreSQL calls it."""
_WORDS: Final = ("no space", "disk full", "disk quota", "out of disk", "file too large", "could not write")
"""What DuckDB says; it has no codes."""


def is_full(error: BaseException) -> bool:
    """Whether this error, or what it came of, says that the disk is full."""
    seen: BaseException | None = error
    while seen is not None:
        driver = getattr(seen, "orig", None)
        for one in (seen, driver):
            if getattr(one, "errno", None) in _CODES or getattr(one, "sqlstate", None) in _STATES:
                return True
            if one is driver is not None and any(words in str(one).casefold() for words in _WORDS):
                return True
        seen = seen.__cause__ or seen.__context__
    return False
