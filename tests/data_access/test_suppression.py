"""Suppression: whoever knows all that is told, and can subtract, finds no group of fewer than ten people.

An attacker who knows nothing of the rules holds them to it: with linear algebra, over every union of units and parts.
"""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.suppression import FEWEST, NOTHING, PARTS, SUM, Discretion, People, Told

NAMES = ("a", "b", "c")
sizes = st.dictionaries(
    st.sampled_from(["u", "v", "w", "x"]),
    st.dictionaries(st.sampled_from(NAMES), st.one_of(st.integers(0, 14), st.integers(0, 60)), max_size=3),
    min_size=1,
)


def people_of(counts: dict[str, dict[str, int]]) -> People:
    """So many people in each part of each unit, none of them in two."""
    fresh = iter(range(100_000))
    return {
        unit: {part: frozenset(next(fresh) for _ in range(number)) for part, number in own.items()}
        for unit, own in counts.items()
    }


def subsets(of: Any) -> Iterator[tuple[str, ...]]:
    """All that are not empty."""
    names = sorted(of)
    return chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))


def worked_out(people: People, told: Told) -> dict[tuple[tuple[str, ...], tuple[str, ...]], int]:
    """Units and parts -> how many people, for every group that follows from what is told."""
    cells = [(unit, part) for unit in sorted(people) for part in NAMES]

    def vector(units: Any, parts: Any) -> list[float]:
        return [float(unit in units and part in parts) for unit, part in cells]

    known = []
    for units, level in ((tuple(people), told.whole), *(((unit,), level) for unit, level in told.units.items())):
        known += [vector(units, NAMES)] if level >= SUM else []
        known += [vector(units, (part,)) for part in NAMES] if level == PARTS else []
    rank = np.linalg.matrix_rank(np.array(known)) if known else 0
    found = {}
    for units in subsets(people):
        for parts in subsets(NAMES):
            if known and np.linalg.matrix_rank(np.array([*known, vector(units, parts)])) == rank:
                found[units, parts] = sum(len(people[unit].get(part, ())) for unit in units for part in parts)
    return found


@given(counts=sizes)
def test_no_group_of_a_few_can_be_worked_out(counts: dict[str, dict[str, int]]) -> None:
    people = people_of(counts)
    told = Discretion().told(people)
    few = {group: size for group, size in worked_out(people, told).items() if 0 < size < FEWEST}
    assert not few, (told, few)


@given(counts=sizes, most=st.sampled_from([NOTHING, SUM, PARTS]))
def test_units_tell_no_more_than_the_whole(counts: dict[str, dict[str, int]], most: int) -> None:
    told = Discretion().told(people_of(counts), most)
    assert told.whole <= most
    assert all(level <= told.whole for level in told.units.values())


@pytest.mark.parametrize(
    ("counts", "whole", "units"),
    [
        ({"u": {"a": 20}, "v": {"a": 30}}, PARTS, {"u": PARTS, "v": PARTS}),
        ({"u": {}, "v": {"a": 30}}, PARTS, {"u": PARTS, "v": PARTS}),  # that there is nobody may be told
        ({"u": {"a": 9}, "v": {"a": 30}, "w": {"a": 20}}, PARTS, {"u": NOTHING, "v": PARTS, "w": NOTHING}),
        ({"u": {"a": 4}, "v": {"a": 5}}, NOTHING, {"u": NOTHING, "v": NOTHING}),
        ({"u": {"a": 6}, "v": {"a": 5}}, PARTS, {"u": NOTHING, "v": NOTHING}),
        ({"u": {"a": 12, "b": 3}, "v": {"a": 15, "b": 40}}, PARTS, {"u": SUM, "v": SUM}),
        ({"u": {"a": 12, "b": 3}, "v": {"a": 15, "b": 4}}, SUM, {"u": SUM, "v": SUM}),
        ({}, PARTS, {}),
    ],
)
def test_what_is_told(counts: dict[str, dict[str, int]], whole: int, units: dict[str, int]) -> None:
    assert Discretion().told(people_of(counts)) == Told(whole, units)


def test_somebody_in_two_units_is_one_person() -> None:
    """Twelve flags of one citizen are one citizen's, and six citizens flagged by two offices are six."""
    six = frozenset(range(6))
    assert Discretion().told({"u": {"a": six}, "v": {"a": six}}).whole == NOTHING


@given(steps=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=8))
def test_sums_of_two_days_never_differ_by_a_few(steps: list[tuple[int, int]]) -> None:
    discretion = Discretion()
    sums: dict[str, list[int]] = {"u": [], "v": [], "": []}
    sizes = {"u": 0, "v": 0}
    for own in steps:
        sizes = {unit: size + more for (unit, size), more in zip(sizes.items(), own, strict=True)}
        told = discretion.told(people_of({unit: {"a": size} for unit, size in sizes.items()}))
        for unit, level in {**told.units, "": told.whole}.items():
            if level >= SUM:
                sums[unit].append(sum(sizes.values()) if unit == "" else sizes[unit])
    for told_ones in sums.values():
        for one, other in combinations(told_ones, 2):
            assert one == other or abs(one - other) >= FEWEST
