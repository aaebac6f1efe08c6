"""Which rows an answer has under which filters, and that they leave nothing out."""

import numpy as np
import pytest

from data_access.database import Database
from data_access.filters import FilterError
from data_access.questions.counts import measures
from data_access.questions.current_level import CurrentLevel, current_level
from data_access.questions.grids import WHOLE
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything


def level_of(database: Database, query: str) -> CurrentLevel:
    """The rows under these filters."""
    with everything(database).snapshot() as snapshot:
        return current_level(snapshot.directory, view_of(snapshot, asked(query)))


BELOW = [
    ("", "governments", 8),
    ("category=roads&gender=female", "governments", 8),
    ("view=placed", "governments", 8),  # seven territories, and what is not placed
    ("government=sindh", "districts", 31),  # 29 districts, placed elsewhere, not placed
    ("government=sindh&view=placed", "districts", 29),
    ("government=federal", "departments", 1),
    ("division=karachi", "districts", 6),
    ("government=sindh&division=karachi", "districts", 6),
    ("government=sindh&district=karachi-south", "departments", 1),
    ("district=karachi-south", "departments", 3),
    ("department=sindh-works", "offices", 1),
    ("department=sindh-works&district=karachi-south", "offices", 1),
    ("office=sindh-office", "offices", 1),
    ("by=districts", "districts", 159),
    ("government=federal&by=districts", "districts", 159),
    ("government=sindh&by=departments", "departments", 1),
    ("government=sindh&by=governments", "governments", 1),
    ("department=sindh-works&by=governments", "governments", 1),
    ("department=sindh-works&by=governments&view=placed", "governments", 8),
    ("by=categories", "categories", 2),
    ("category=roads&by=categories", "categories", 2),  # potholes, and what is told no closer
    ("department=sindh-works&by=categories", "categories", 2),
    ("office=sindh-office&by=offices", "offices", 1),
]


@pytest.mark.parametrize(("query", "name", "rows"), BELOW)
def test_the_level_below_what_is_looked_at(tiny: Database, query: str, name: str, rows: int) -> None:
    found = level_of(tiny, query)
    assert (found.name, len(found.lines)) == (name, rows)


@pytest.mark.parametrize("query", [query for query, _, _ in BELOW])
def test_the_rows_add_up_to_the_whole(tiny: Database, query: str) -> None:
    with everything(tiny).snapshot() as snapshot:
        view = view_of(snapshot, asked(query))
        assert view.window is not None
        names = ("filed", "stays", "transfers", "over_90")
        level = current_level(snapshot.directory, view).level
        [parts] = measures(snapshot, view.selection, [view.window], level, names)
        [whole] = measures(snapshot, view.selection, [view.window], WHOLE, names)
    assert {name: [int(np.sum(values))] for name, values in parts.items()} == {
        name: values.tolist() for name, values in whole.items()
    }


def test_every_row_says_what_it_is(tiny: Database) -> None:
    about = level_of(tiny, "government=sindh").about()
    rows = list(zip(*(values.tolist() for values in about.values()), strict=True))
    assert list(about) == ["slug", "name", "level", "is_member"]
    assert ("karachi-south", "Karachi South", "district", True) in rows
    assert rows[-2:] == [
        ("placed-elsewhere", "Placed elsewhere", "district", False),
        ("not-placed", "Not placed", "district", False),
    ]


def test_all_offices_at_once_are_refused(tiny: Database) -> None:
    with pytest.raises(FilterError, match="give department=") as problem:
        level_of(tiny, "government=sindh&by=offices")
    assert problem.value.parameter == "by"
