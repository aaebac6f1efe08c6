"""Slugs and numbers made of texts: the same for the same, and no other's."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.foreign.identities import numbers_of, read_numbers
from data_access.intake.foreign.slugs import slug_for
from data_access.spelling import folded

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "parent", "slug"),
    [
        ("New York City", None, "new-york-city"),
        ("HEAT/HOT WATER", None, "heat-hot-water"),
        ("Élysée", None, "elysee"),
        ("Trash", "noise-street", "trash-in-noise-street"),
        ("---", None, ""),
        ("", "a", ""),
    ],
)
def test_names_of_letters_and_digits_stay_readable(name: str, parent: str | None, slug: str) -> None:
    assert slug_for(name, parent) == slug


def test_other_letters_are_sounded_and_marked() -> None:
    assert re.fullmatch(r"shkayat-[a-z0-9]{6}", slug_for("شکایات"))
    assert slug_for("محکمہ صحت") == slug_for("محکمه  صحت")  # letters that look alike
    assert slug_for("محکمہ صحت") != slug_for("محکمہ سحت")
    assert re.fullmatch(r"[a-z0-9]{6}", slug_for("東京"))


@given(st.text(), st.text(), st.sampled_from([None, "a", "a-in-b"]), st.sampled_from([None, "a", "a-in-b"]))
def test_a_slug_is_one_name_s_alone(one: str, other: str, below: str | None, beside: str | None) -> None:
    slug = slug_for(one, below)
    assert bool(slug) == bool(folded(one))
    assert not slug or SLUG.fullmatch(slug)
    if slug and (folded(one), below) != (folded(other), beside):
        assert slug != slug_for(other, beside)


def test_what_has_the_word_between_slugs_in_its_name() -> None:
    assert slug_for("Water in Basement") != slug_for("Water", "basement")


@given(st.lists(st.text(min_size=1), unique=True))
def test_numbers_of_texts_are_stable_positive_and_few_enough_digits(texts: list[str]) -> None:
    numbers = numbers_of(pa.array(texts, pa.string()), "a").to_pylist()
    assert len(set(numbers)) == len(texts)
    assert all(0 < number < 10**18 for number in numbers)
    assert numbers_of(pa.array(texts[::-1], pa.string()), "a").to_pylist() == numbers[::-1]
    assert not set(numbers) & set(numbers_of(pa.array(texts, pa.string()), "b").to_pylist())


def test_numbers_never_change() -> None:
    """Those in databases were made by them."""
    assert numbers_of(pa.array(["HD-00001", None, "ٹکٹ"]), "helpdesk").to_pylist() == EXPECTED


EXPECTED = [800340616485609419, None, 93882639433622799]


def test_numbers_as_they_are() -> None:
    values, bad = read_numbers(pa.array(["7", "۱۲", "-1", "1.0", "x", "1" * 19, None]))
    assert values.to_pylist() == [7, 12, -1, None, None, None, None]
    assert bad.tolist() == [False, False, False, True, True, True, False]
