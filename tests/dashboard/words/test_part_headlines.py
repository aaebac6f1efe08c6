"""What the parts of a whole say."""

from typing import Any

from dashboard.words.part_headlines import best_and_worst, fullest, half_of_the_backlog, most_and_least


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
