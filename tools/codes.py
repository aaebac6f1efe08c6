"""Names in three letters, for tiles that are too small for more: those people use, else the letters that sound."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from data_access.boundary_names import DISPUTED

_DISPUTED: Final = {str(DISPUTED["slug"]): "IIOJK"}
PROVINCES: Final[Mapping[str, str]] = {
    "federal": "FED",
    "punjab": "PUN",
    "khyber-pakhtunkhwa": "KP",
    "sindh": "SIN",
    "islamabad": "ICT",
    "balochistan": "BAL",
    "azad-jammu-kashmir": "AJK",
    "gilgit-baltistan": "GB",
    **_DISPUTED,
}
USED: Final[Mapping[str, str]] = {
    "bahawalnagar": "BWN",
    "bahawalpur": "BWP",
    "faisalabad": "FSD",
    "gujranwala": "GRW",
    "islamabad": "ISB",
    "multan": "MUL",
    "narowal": "NRW",
    "north-waziristan": "NWZ",
    "peshawar": "PSH",
    "pishin": "PSN",
    "quetta": "QTA",
    "rawalpindi": "RWP",
    "south-waziristan": "SWZ",
}
"""Of districts, where the rule below would give another."""
_QUIET: Final = "aeiou"


def coded(names: Mapping[str, str]) -> dict[str, str]:
    """A code for each slug, by their names; no two the same."""
    found = {slug: code for slug, code in USED.items() if slug in names}
    for slug, name in names.items():
        if slug not in found:
            found[slug] = next(code for code in _offered(name) if code not in found.values())
    return {**found, **_DISPUTED}


def _offered(name: str) -> Iterator[str]:
    """Codes that the name could have, the likeliest first."""
    words = name.partition(" (")[0].replace("-", " ").split()
    if len(words) > 2:
        yield "".join(word[0] for word in words[:3]).upper()
    if len(words) == 2:
        yield from (f"{words[0][0]}{letter}{words[1][0]}".upper() for letter in words[0][1:] if letter not in _QUIET)
    sounds = [letter for letter in words[0][1:] if letter not in _QUIET]
    for letters in (sounds, words[0][1:]):
        yield from (f"{words[0][0]}{one}{other}".upper() for one, other in combinations(letters, 2))
