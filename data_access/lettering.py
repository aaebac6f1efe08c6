"""The letters of what people type: those that mislead are left away, those that are none are found."""

import unicodedata
from typing import Final

_TURNS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Letters that do not show and turn what follows them, figures too; scripts from right to left are read without."""


def unturned(text: str) -> str:
    """The text without letters that turn what follows; those that join and part letters of Urdu stay."""
    return text.translate(_TURNS)


def is_text(text: str) -> bool:
    """Whether all of it is letters. Urdu needs some that do not show; what controls a machine is no word."""
    return not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text)
