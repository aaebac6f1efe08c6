"""What a username may be."""

import pytest

from data_access.accounts.problem import AccountProblem
from data_access.accounts.usernames import can_be_kept, checked_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cs-sindh", "cs-sindh"),
        ("  Chief Secretary, Sindh \t", "Chief Secretary, Sindh"),
        ("سیکرٹری", "سیکرٹری"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("a@b.example", "a@b.example"),
        ("x" * 100, "x" * 100),
        ("\u202enimda\u202c", "nimda"),
    ],
)
def test_what_can_be_a_username(typed: str, kept: str) -> None:
    assert checked_name(typed, ["pmo"]) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "is empty"),
        (" \t ", "is empty"),
        ("x" * 101, "more than 100 characters"),
        ("a:b", "no colon"),
        ("a/b", "no slash"),
        ("a\\b", "no slash"),
        ("..", "more than dots"),
        ("a\0b", "cannot be seen"),
        ("a\nb", "cannot be seen"),
        ("a\u00a0b", "cannot be seen"),
        ("ad\u200bmin", "cannot be seen"),
        ("\udce9", "cannot be seen"),
    ],
)
def test_what_cannot(typed: str, says: str) -> None:
    with pytest.raises(AccountProblem, match=says) as problem:
        checked_name(typed, [])
    assert problem.value.field == "username"


@pytest.mark.parametrize("typed", ["pmo", "PMO", " Pmo ", "\uff50\uff4d\uff4f"])
def test_names_that_look_alike_are_one(typed: str) -> None:
    with pytest.raises(AccountProblem, match="There is an account 'pmo' already"):
        checked_name(typed, ["admin", "pmo"])


@pytest.mark.parametrize(("name", "can"), [("pmo", True), ("جواب", True), ("a\0", False), ("\udce9", False)])
def test_what_a_database_can_hold(name: str, can: bool) -> None:
    assert can_be_kept(name) is can
