"""Which passwords people may choose: long ones that are not easily guessed. Nothing is asked of their letters."""

import re
import secrets
import unicodedata
from typing import Final

from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # has no types of its own

from data_access.accounts.problem import AccountProblem

SHORTEST: Final = 12  # characters
LONGEST: Final = 1000  # characters; hashing more costs, and nobody types it
_WEIGHED: Final = 72  # characters: zxcvbn takes seconds for long ones, and what follows only makes them stronger
_STRONG: Final = 3  # of zxcvbn's 0 to 4: 10^8 guesses at least
_OURS: Final = ("jawabdeh", "jawab", "pakistan", "citizen", "portal", "complaint", "dashboard", "demo")
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for others when read aloud or copied by hand: i, l, o, 0, 1."""
_GROUPS, _GROUP = 4, 5


def check_password(password: str, username: str = "") -> None:
    """Raise AccountProblem unless somebody with this username may have this password."""
    length = len(unicodedata.normalize("NFKC", password))
    if length < SHORTEST:
        raise AccountProblem(f"The password is shorter than {SHORTEST} characters; choose a longer one.", "password")
    if max(length, len(password)) > LONGEST:
        raise AccountProblem(f"The password is longer than {LONGEST} characters; choose a shorter one.", "password")
    try:
        password.encode()
    except UnicodeEncodeError:
        raise AccountProblem("The password has a character that does not exist; type it anew.", "password") from None
    found = zxcvbn(password[:_WEIGHED], user_inputs=[*_OURS, username, *re.split(r"\W+", username)])
    if found["score"] < _STRONG:
        warning = found["feedback"]["warning"]
        because = f" ({warning.rstrip('.')})" if warning else ""
        raise AccountProblem(
            f"This password is easily guessed{because}; choose another, four words that have nothing to do with each "
            "other, for example.",
            "password",
        )


def made_password() -> str:
    """A password that nobody guesses (99 random bits), in groups that can be read aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
