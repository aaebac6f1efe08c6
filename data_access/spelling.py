"""Names as they are compared when they are typed: capitals, accents, hyphens, look-alike letters do not count."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_PLAIN: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ہ", "ة": "ہ", "ه": "ہ", "\u200c": " "})
"""Arabic letters that Urdu writes otherwise: which of the two a keyboard gives is chance."""
_ARABIC: Final = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه"})
_NO_WORD: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=16 * 1024)  # names stay the same from one version of the data to the next
def folded(text: str) -> str:
    """The words of the text with one blank between them, as they are compared."""
    if not text.isascii():
        # The second time for letters that only come apart here.
        apart = unicodedata.normalize("NFKD", text.translate(_PLAIN)).translate(_PLAIN)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", text.casefold()).strip()


def spellings(names: Iterable[str]) -> str:
    """Every way in which these names may be typed, one after the other: as they are, folded, and in one word."""
    found: dict[str, None] = {}
    for name in names:
        plain = folded(name)
        for one in (name, plain, plain.translate(_ARABIC), plain.replace(" ", "")):
            found.setdefault(one)
    return " ".join(found)
