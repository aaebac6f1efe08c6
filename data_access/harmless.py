"""Text in files that spreadsheets open: none of it is run."""

from typing import Final

_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell may not begin with: a spreadsheet would take it for a formula."""


def harmless(text: str) -> str:
    """The text, with a mark before it that says that it is one where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_RUN) else text
