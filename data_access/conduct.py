"""What a flag on a citizen's conduct weighs, and how it fades. Each is defined once; nothing is imported here.

A flag counts only when it was reviewed and upheld, and no longer from the day on which an appeal against it is allowed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FULL: Final = 100
"""The index of whoever has no flag that counts."""
ALLOWED: Final = "allowed"
"""An appeal that removes a flag; others are lodged or rejected."""
OTHER: Final = "other"
"""The slug of every kind of flag that has no weight of its own."""
HALF_LIFE: Final = 180
"""Days after which a flag weighs half as much."""
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "repeated-complaint": "repeated complaint",
        "abusive-language": "abusive language",
        "false-complaint": "false complaint",
        "personal-attack": "personal attack on an officer",
        "mala-fide": "mala fide complaint",
        "blackmail": "blackmail",
    }
)
"""Slug -> the kind of flag as the data name it, from light to heavy."""
WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "repeated-complaint": 5,
        "abusive-language": 10,
        "false-complaint": 15,
        "personal-attack": 15,
        "mala-fide": 20,
        "blackmail": 40,
        OTHER: 10,
    }
)
"""Slug -> points that a flag of the kind takes off on the day it is upheld, until an administrator sets others."""
DUE_PROCESS: Final = (
    "Everybody starts at 100. Only flags that were reviewed and upheld count; they fade with time, and one whose "
    "appeal is allowed counts no longer."
)
BANDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({"band_90": (90, 99), "band_0": (0, 89)})
"""Column -> least and largest index, as a whole number, of those who stand below FULL."""


def slug_of(kind: str) -> str:
    """The slug of a kind as the data name it: OTHER for one that has no weight of its own."""
    folded = kind.strip().lower()
    return next((slug for slug, words in KINDS.items() if folded in (slug, words)), OTHER)
