"""Opening and closing from the ledger, what came and went from the flow: every row adds up, and says so if not."""

from typing import Any

import pytest
from sqlalchemy import update

from data_access.database import Database
from data_access.questions.reconciliation import COLUMNS, reconciliation
from data_access.selection import view_of
from data_access.tables.flow import flow
from tests.data_access.tiny import asked, everything

Line = tuple[str, int, int, int, int, int, int, int, int]


def books(database: Database, query: str) -> list[Line]:
    """slug, opening, filed, moved_in, reopened, closings, moved_out, closing, remainder of rows that are not all 0."""
    with everything(database).snapshot() as snapshot:
        table = reconciliation(snapshot, view_of(snapshot, asked(query)))
    rows: list[Any] = table[["slug", *COLUMNS[2:]]].to_numpy().tolist()
    return [tuple(row) for row in rows if any(row[1:])]


def days(database: Database, query: str) -> tuple[str, str]:
    """The two days at whose ends it looks."""
    with everything(database).snapshot() as snapshot:
        table = reconciliation(snapshot, view_of(snapshot, asked(query)))
    [(opening, closing)] = table[["opening_on", "closing_on"]].drop_duplicates().to_numpy().tolist()
    return str(opening), str(closing)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "from=2019-01-01",
            [
                ("federal", 0, 2, 0, 1, 1, 1, 1, 0),
                ("punjab", 0, 2, 0, 0, 1, 0, 1, 0),
                ("sindh", 0, 3, 1, 0, 2, 0, 2, 0),
                ("whole", 0, 7, 0, 1, 4, 0, 4, 0),
            ],
        ),
        (
            "from=2019-01-11&to=2019-01-20",
            [
                ("federal", 1, 0, 0, 1, 1, 0, 1, 0),
                ("punjab", 1, 0, 0, 0, 1, 0, 0, 0),
                ("sindh", 4, 0, 0, 0, 1, 0, 3, 0),
                ("whole", 6, 0, 0, 1, 3, 0, 4, 0),
            ],
        ),
        ("compare=2019-01-09&as_of=2019-01-10&government=sindh", [("not-placed", 1, 0, 0, 0, 0, 0, 1, 0)]),
        (
            "from=2019-01-10&to=2019-01-10&government=federal&by=departments",
            [("federal-works", 2, 0, 0, 0, 0, 1, 1, 0)],
        ),
        ("from=2019-01-02&to=2019-02-01&gender=male&by=governments", [("sindh", 0, 1, 0, 0, 1, 0, 0, 0)]),
    ],
)
def test_what_came_and_went(tiny: Database, query: str, expected: list[Line]) -> None:
    found = books(tiny, query)
    assert [line for line in found if line in expected] == expected
    assert all(line[-1] == 0 for line in found)


def test_the_rows_are_in_the_whole(tiny: Database) -> None:
    *rows, whole = books(tiny, "from=2019-01-01&government=sindh")
    sums = [sum(int(row[place]) for row in rows) for place in range(1, 9)]
    assert ("whole", *sums) == whole == ("whole", 0, 3, 1, 0, 2, 0, 2, 0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("2019-03-11", "2019-04-10")),  # thirty days before the newest day
        ("compare=2019-02-01", ("2019-02-01", "2019-04-10")),
        ("as_of=2019-01-20", ("2018-12-31", "2019-01-20")),  # thirty days before lies before the first day
        ("from=2019-01-11", ("2019-01-10", "2019-04-10")),
        ("to=2019-01-20", ("2018-12-31", "2019-01-20")),
        ("from=2019-01-11&to=2019-01-20&as_of=2019-02-01", ("2019-01-10", "2019-01-20")),
    ],
)
def test_the_days_between(tiny: Database, query: str, expected: tuple[str, str]) -> None:
    assert days(tiny, query) == expected


def test_a_remainder_stays_where_it_is(own: Database) -> None:
    with everything(own).snapshot() as snapshot:
        punjab = snapshot.directory.ids["government"]["punjab"]
    with own.writer() as connection:
        first = (flow.c.dimension == "government", flow.c.government_id == punjab, flow.c.filed == 1)
        connection.execute(update(flow).values(filed=flow.c.filed + 1).where(*first, flow.c.day == "2019-01-06"))
    found = {line[0]: line[-1] for line in books(own, "from=2019-01-01")}
    assert found == {"federal": 0, "punjab": -1, "sindh": 0, "whole": -1}


def test_an_empty_database_has_no_books(ducks: Database) -> None:
    with everything(ducks).snapshot() as snapshot:
        assert reconciliation(snapshot, view_of(snapshot, asked(""))).empty
