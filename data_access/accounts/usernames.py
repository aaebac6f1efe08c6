"""What a username may be: one line that looks the same to everybody, and that no other name looks like."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from data_access.accounts.problem import AccountProblem
from data_access.lettering import unturned

LONGEST_NAME: Final = 100  # characters
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's categories of what cannot be seen, or does not exist."""


def checked_name(typed: str, taken: Iterable[str]) -> str:
    """The username as it is kept: trimmed, composed (NFC), nothing in it turned. Raises AccountProblem.

    `taken` are the usernames that are there; one that differs from a new one by capital letters alone is the same.
    """
    name = unicodedata.normalize("NFC", unturned(typed).strip())
    if not name:
        raise AccountProblem("The username is empty; give one.", "username")
    if len(name) > LONGEST_NAME:
        raise AccountProblem(f"The username has more than {LONGEST_NAME} characters; choose a shorter one.", "username")
    if any(unicodedata.category(letter) in _UNSEEN or (letter.isspace() and letter != " ") for letter in name):
        raise AccountProblem("The username has a character that cannot be seen; type it anew.", "username")
    # A colon ends the name in HTTP Basic; a slash, and a name of dots alone, lead astray in addresses.
    if {":", "/", "\\"} & set(name) or not name.strip("."):
        raise AccountProblem("A username has no colon and no slash, and is more than dots.", "username")
    for other in taken:
        if _look(other) == _look(name):
            raise AccountProblem(f"There is an account {other!r} already; choose another username.", "username")
    return name


def _look(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def can_be_kept(name: str) -> bool:
    """Whether a database can hold the name at all; what it cannot is nobody's name."""
    return "\0" not in name and not any(unicodedata.category(letter) == "Cs" for letter in name)
