"""Passwords that people may choose, and those that are made for them."""

from contextlib import suppress
from time import process_time

import pytest

from data_access.accounts.password_rules import check_password, made_password
from data_access.accounts.problem import AccountProblem

GOOD = [
    "correct horse battery staple",
    "nine mangoes left behind",
    "آم کے چار درخت باغ میں",
    "b4e2ab58cb83",
    "x7#Kq" * 3 + "zebra lamp",
    "mango tree rain letter " * 43,
]


@pytest.mark.parametrize("password", GOOD, ids=lambda text: text[:12])
def test_long_ones_that_are_not_easily_guessed(password: str) -> None:
    check_password(password, "secretary")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "shorter than 12"),
        ("demo", "shorter than 12"),
        ("x7#Kq!m2Lp4", "shorter than 12"),
        ("\ufdfa", "easily guessed|shorter"),
        ("x" * 1001, "longer than 1000"),
        ("aaaaaaaaaaaa", "Repeats like"),
        ("            ", "Repeats like"),
        ("abcdefghijklmnop", "Sequences like"),
        ("password12345", "easily guessed"),
        ("qwertyuiop12", "similar to a commonly used password"),
        ("p4ssw0rd" * 9, "easily guessed"),
        ("jawabdehjawabdeh", "easily guessed"),
        ("pakistan2019", "easily guessed"),
        ("secretarysindh", "easily guessed"),
        ("correct horse \udce9 battery", "does not exist"),
    ],
    ids=lambda text: ascii(text)[:16],
)
def test_others_are_refused_with_the_reason(password: str, says: str) -> None:
    with pytest.raises(AccountProblem, match=says) as problem:
        check_password(password, "secretary-sindh")
    assert problem.value.field == "password"
    assert len(password) < 5 or password not in str(problem.value)


def test_letters_are_counted_as_they_are_seen() -> None:
    composed, typed_apart = "é" * 12, "e\u0301" * 11
    with pytest.raises(AccountProblem, match="easily guessed"):
        check_password(composed)
    with pytest.raises(AccountProblem, match="shorter"):
        check_password(typed_apart)


@pytest.mark.parametrize("password", ["4@8({[<369&#!1/|0$5+7%2" * 43, "L0v3" * 250, "aB" * 500, "1" * 1000])
def test_the_longest_are_weighed_in_a_moment(password: str) -> None:
    start = process_time()  # what it costs, however busy the machine is
    with suppress(AccountProblem):
        check_password(password[:1000])
    assert process_time() - start < 10


def test_one_that_is_made_is_good_and_never_the_same() -> None:
    made = {made_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert [len(group) for group in password.split("-")] == [5, 5, 5, 5]
        assert not set(password) & set("ilo01")
        check_password(password, "secretary")
