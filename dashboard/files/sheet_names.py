"""Names that sheets of a workbook can have."""

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 31  # letters


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A name for each title: short, without what formulas mean by itself, each once."""
    found: list[str] = []
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\']", " ", title)[:_LONGEST].strip() or "–"
        name, number = plain, 1
        while name.casefold() in {one.casefold() for one in found}:
            number += 1
            name = f"{plain[: _LONGEST - 4].strip()} {number}"
        found.append(name)
    return found
