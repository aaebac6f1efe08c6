"""Slugs for names that an export brings: the same name below the same parent is always the same slug, and only it."""

import hashlib
import unicodedata
from typing import Final

from data_access.spelling import folded

_LONGEST: Final = 60
_BELOW: Final = "in"
"""Stands between a slug and that of its parent; a name that has this word itself gets a mark."""
_SOUNDS: Final = (
    "ا=a آ=a ب=b پ=p ت=t ٹ=t ث=s ج=j چ=ch ح=h خ=kh د=d ڈ=d ذ=z ر=r ڑ=r ز=z ژ=zh س=s ش=sh ص=s ض=z "
    "ط=t ظ=z ع=a غ=gh ف=f ق=q ک=k گ=g ل=l م=m ن=n ں=n و=w ہ=h ھ=h ء= ی=y ے=e ئ=y ؤ=w ۓ=e"
)
"""Urdu letters by sound, for readers of addresses; what tells slugs apart is the mark."""
_LETTERS: Final = str.maketrans(dict(pair.split("=") for pair in _SOUNDS.split()))


def slug_for(name: str, parent: str | None = None) -> str:
    """The slug of a name, below its parent; "" when there is no letter or digit in it.

    Letters and digits of ASCII stay; what cannot, gets a short mark made of the name as it is compared.
    """
    words = folded(name)
    if not words:
        return ""
    plain = words.replace(" ", "-")
    if not plain.isascii() or len(plain) > _LONGEST or _BELOW in words.split():
        plain = "-".join(part for part in (_sounded(words)[:_LONGEST].strip("-"), _mark(words)) if part)
    if parent is None:
        return plain
    below = f"{plain}-{_BELOW}-{parent}"
    return below if len(below) <= 3 * _LONGEST else f"{plain}-{_BELOW}-{_mark(parent)}"


def marked(slug: str, name: str, parent: str | None) -> str:
    """Another slug, for a name whose own is taken by something else."""
    return f"{slug}-{_mark(f'{parent}/{folded(name)}')}"


def _sounded(words: str) -> str:
    found = []
    for letter in words.translate(_LETTERS).replace(" ", "-"):
        plain = unicodedata.normalize("NFKD", letter)
        found.append(letter if letter == "-" or (letter.isascii() and letter.isalnum()) else _ascii(plain))
    return "-".join(part for part in "".join(found).split("-") if part)


def _ascii(letters: str) -> str:
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())


def _mark(text: str) -> str:
    """Six letters and digits: among a thousand names two have the same once in four thousand exports."""
    number = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(digits[number // 36**place % 36] for place in range(6))
