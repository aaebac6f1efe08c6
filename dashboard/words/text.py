"""Every word on its way to the reader. The language comes in as an argument; catalogues lie beside this module."""

from collections.abc import Iterable
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from babel.support import Translations

DEFAULT_LANGUAGE: Final = "en"
_CATALOGUES: Final = Path(__file__).parent / "locale"


@cache
def _translations(language: str) -> NullTranslations:
    return Translations.load(_CATALOGUES, [language])  # English has no catalogue: its words stand in the code


def say(message: str, language: str, **values: object) -> str:
    """The message in that language, its {places} filled, if there are values to fill them with.

    A sentence that quotes what somebody typed comes without: braces in it are theirs.
    """
    text = _translations(language).gettext(message) if message else ""
    return text.format(**values) if values else text


def say_many(one: str, many: str, count: int, language: str, **values: object) -> str:
    """The message in the form that goes with the count."""
    return _translations(language).ngettext(one, many, count).format(**values)


def listed(items: Iterable[str], language: str) -> str:
    """Items as a list in a sentence: a, b and c."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return say("{first} and {last}", language, first=", ".join(words[:-1]), last=words[-1])


def marked(message: str) -> str:
    """The message itself: marks a constant for the catalogue; `say` translates it where it is shown."""
    return message
