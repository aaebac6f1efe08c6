"""What an administrator typed into a form about an account."""

from collections.abc import Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from dashboard.words.text import marked
from data_access.accounts.password_rules import made_password
from data_access.accounts.problem import AccountProblem
from data_access.roles import PINS

DIFFER: Final = marked("The two passwords differ; type the same one twice, or leave both empty to have one made.")

Form = MultiDict[str, str]


def pins_in(form: Form) -> Mapping[str, str]:
    """The pins that were given, by name."""
    return {name: slug for name in PINS if (slug := form.get(name, "").strip())}


def password_in(form: Form) -> tuple[str, bool]:
    """The password, and whether it was made here because none was typed. Raises AccountProblem when two differ."""
    password = form.get("password", "")
    if password != form.get("again", ""):
        raise AccountProblem(DIFFER, "password")
    return (password, False) if password else (made_password(), True)
