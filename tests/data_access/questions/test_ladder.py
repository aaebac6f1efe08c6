"""The ladder of honesty."""

import math

import pytest

from data_access.database import Database
from data_access.questions.ladder import ladder
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything

NAN = float("nan")


def rungs(database: Database, query: str) -> list[tuple[str, int, float, float]]:
    """slug, complaints, share and of_previous of the four."""
    with everything(database).snapshot() as snapshot:
        table = ladder(snapshot, view_of(snapshot, asked(query)))
    assert list(table["name"]) == ["Received", "Resolved", "Resolved with relief", "Relief confirmed by the citizen"]
    rows = table[["slug", "complaints", "share", "of_previous"]].to_numpy().tolist()
    return [(slug, int(complaints), float(share), float(previous)) for slug, complaints, share, previous in rows]


@pytest.mark.parametrize(
    ("query", "complaints", "shares", "of_previous"),
    [
        ("", [7, 3, 1, 1], [1, 3 / 7, 1 / 7, 1 / 7], [NAN, 3 / 7, 1 / 3, 1]),
        ("as_of=2019-01-16", [6, 3, 2, 2], [1, 3 / 6, 2 / 6, 2 / 6], [NAN, 3 / 6, 2 / 3, 1]),
        ("government=federal", [1, 0, 0, 0], [1, 0, 0, 0], [NAN, 0, NAN, NAN]),
        ("from=2019-01-06&to=2019-01-07", [1, 1, 0, 0], [1, 1, 0, 0], [NAN, 1, 0, NAN]),
        ("government=balochistan", [0, 0, 0, 0], [NAN] * 4, [NAN] * 4),
    ],
)
def test_each_rung_with_its_shares(
    tiny: Database, query: str, complaints: list[int], shares: list[float], of_previous: list[float]
) -> None:
    found = rungs(tiny, query)
    assert [rung[0] for rung in found] == ["received", "resolved", "relief", "confirmed"]
    assert [rung[1] for rung in found] == complaints
    assert [rung[2] for rung in found] == pytest.approx(shares, nan_ok=True)
    assert [rung[3] for rung in found] == pytest.approx(of_previous, nan_ok=True)


def test_nothing_there_is_zero_without_shares(ducks: Database) -> None:
    found = rungs(ducks, "")
    assert [rung[1] for rung in found] == [0, 0, 0, 0]
    assert all(math.isnan(rung[2]) and math.isnan(rung[3]) for rung in found)
