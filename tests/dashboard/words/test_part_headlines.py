"""What the parts of a whole say."""

from typing import Any

from dashboard.words.part_headlines import (
    best_and_worst,
    fullest,
    half_of_the_backlog,
    most_and_least,
    where_it_waits,
)


def part(name: str, received: int, resolved: int, *, is_member: bool = True) -> dict[str, Any]:
    rate = resolved / received if received else None
    return {
        "name": name,
        "received": received,
        "pending": received - resolved,
        "resolution_rate": rate,
        "is_member": is_member,
    }


ROWS = [
    part("Lahore", 1000, 900),
    part("Kasur", 100, 40),
    part("Tiny", 29, 0),
    part("Not placed", 500, 0, is_member=False),
]


def test_best_and_worst_are_named_with_their_counts() -> None:
    assert best_and_worst(ROWS, "en") == "Most is resolved in Lahore, 90.0% of 1,000; least in Kasur, 40.0% of 100."


def test_few_complaints_are_not_compared() -> None:
    assert "Too few complaints to compare" in best_and_worst(ROWS[1:], "en")
    assert "Too few complaints to compare" in most_and_least(ROWS[2:], "Pending", "complaints", "pending", "en")


def test_any_figure_can_be_looked_at() -> None:
    said = most_and_least(ROWS, "Pending", "complaints", "pending", "en")
    assert said == "Pending: most in Lahore, 100; least in Kasur, 60."


def test_half_of_the_backlog() -> None:
    rows = [part("A", 60, 0), part("B", 30, 0), part("C", 10, 0)]
    assert half_of_the_backlog(rows, "en") == "One of 3 holds 60% of the 100 complaints pending."
    rows[0] = part("A", 40, 0)
    assert half_of_the_backlog(rows, "en") == "One of 3 holds 50% of the 80 complaints pending."
    rows[0] = part("A", 35, 0)
    assert half_of_the_backlog(rows, "en") == "2 of 3 hold 87% of the 75 complaints pending."


def test_nothing_pending_and_nothing_to_show() -> None:
    assert half_of_the_backlog([part("A", 5, 5)], "en") == "Nothing is pending."
    assert half_of_the_backlog([], "en") == "Choose a department to see its offices."
    assert fullest([], "en") == "Nothing is pending."


def test_the_fullest_place() -> None:
    rows = [
        {"name": "Police", "district_name": "Lahore", "pending": 3},
        {"name": "Police", "district_name": "Kasur", "pending": 1},
    ]
    assert fullest(rows, "en") == "Police, Lahore: 3 complaints pending, 75.0% of all."


def cell(government: str, department: str, district: str, pending: int) -> dict[str, Any]:
    return {
        "government_slug": government.lower(),
        "government_name": government,
        "slug": f"{government}-{department}".lower(),
        "name": department,
        "district_name": district,
        "district_slug": district.lower().replace(" ", "-"),
        "pending": pending,
    }


CELLS = [
    cell("Punjab", "Police", "Lahore", 50),
    cell("Punjab", "Health", "Lahore", 30),
    cell("Punjab", "Health", "Kasur", 15),
    cell("Punjab", "Health", "Attock", 5),
    cell("Sindh", "Works", "Badin", 60),
    cell("Sindh", "Works", "Not placed", 40),
]


def test_where_it_waits_is_told_the_closer_the_closer_one_looks() -> None:
    assert where_it_waits(CELLS, "en") == ("Punjab holds 50% of the 200 complaints pending; Lahore has most, 80.")
    assert where_it_waits(CELLS[:4], "en") == (
        "80% of the 100 complaints pending are about Lahore alone, one of 3 districts."
    )
    assert where_it_waits(CELLS[1:4], "en") == (
        "60% of the 50 complaints pending are about Lahore alone, one of 3 districts."
    )
    assert where_it_waits([*CELLS[2:4], cell("Punjab", "Health", "Multan", 6)], "en") == (
        "58% of the 26 complaints pending are about Kasur alone, one of 3 districts."
    )
    assert where_it_waits([cell("Punjab", "Health", name, 10) for name in ("Kasur", "Attock", "Multan")], "en") == (
        "2 of 3 districts have half of the 30 pending; Kasur has most, 10."
    )
    assert where_it_waits(CELLS[:2], "en") == "Police holds 62% of the 80 complaints pending."
    assert where_it_waits(CELLS[4:], "en") == "Works holds 100% of the 100 complaints pending."
    works = [cell("Sindh", "Works", "Not placed", 2), cell("Federal", "Works", "Not placed", 1)]
    assert where_it_waits(works, "en") == "Sindh holds 67% of the 3 complaints pending."
    assert where_it_waits([cell("Sindh", "Works", "Badin", 1)], "en") == "Works holds the one complaint pending."
    assert where_it_waits([cell("Sindh", "Works", "Not placed", 0)], "en") == "Nothing is pending."
    assert where_it_waits([], "en") == "Nothing is pending."
