"""Figures that would show persons: n/a with the reason, ends where they may be told, groups, the way to one citizen."""

from dataclasses import replace
from typing import Any

from dash import html

from dashboard.panels.answer import Answer
from layouts.bodies import body_of
from layouts.parts import Here
from layouts.withheld import MOST, OPEN
from tests.layouts.reading import every, of_class, props, text

HERE = Here("/conduct")


def rows_of(answer: Answer) -> dict[str, Any]:
    """The rows of the table by the name that stands first."""
    found = every(body_of(answer, HERE), html.Tr)
    return {text(row.children[0]): row for row in found if isinstance(row.children, list)}


def test_what_may_be_told_is_told(answers: dict[str, Answer]) -> None:
    """Of all thirteen citizens, and of neither office, for one could take its twelve away."""
    rows = rows_of(answers["false-flags"])
    assert text(rows["All offices"].children[2]) == "13"
    assert text(rows["Federal"].children[2]) == "13"
    assert "Works office" not in rows
    assert text(rows["Offices that are not told of"].children[2]) == "13"
    assert [text(rows["Federal"].children[place]) for place in (3, 4, 5, 6)] == ["13", "n/a", "n/a", ""]
    assert "fewer than 10 people" in str(rows["Federal"].children[4].title)


def test_ends_stand_in_place_of_a_rate_that_is_held_back(answers: dict[str, Answer]) -> None:
    answer = answers["false-flags"]
    assert text(of_class(rows_of(answer)["Federal"], html.Span, "jd-rate")) == "100.0%"

    def rate(low: float, high: float) -> Any:
        held_back = {"false_rate": None, "false_rate_low": low, "false_rate_high": high}
        return rows_of(replace(answer, rows=tuple({**row, **held_back} for row in answer.rows)))["Federal"]

    assert text(of_class(rate(0.2, 0.8), html.Span, "jd-rate")) == "20% to 80%"
    assert of_class(rate(0.2, 0.8), html.Span, "jd-interval jd-spanned")[0].style == {
        "left": "20.00%",
        "width": "60.00%",
    }


def test_groups_have_heads_and_no_more_rows_than_one_reads(answers: dict[str, Answer]) -> None:
    answer = answers["false-flags"]
    office = {**answer.rows[1], "level": "office", "stands_out": False, "per_1000": 5.0, "peers_per_1000": 2.0}
    many = replace(answer, rows=(answer.rows[0], *({**office, "name": f"Office {n}"} for n in range(MOST + 3))))
    words = [text(row) for row in every(body_of(many, HERE), html.Tr)]
    assert words.count("Other offices") == 1
    assert "and 3 more, in the table below" in words[-1]
    assert len(words) == 1 + 1 + 1 + MOST + 1


def test_homes_and_months(answers: dict[str, Answer]) -> None:
    rows = rows_of(answers["responsibility"])
    # Twelve have a flag that counts, all of them abroad.
    assert [text(one) for one in rows["Overseas"].children[2:6]] == ["13", "12", "12", "0"]
    assert [text(one) for one in rows["All together"].children[2:4]] == ["13", "12"]
    heads = every(body_of(answers["responsibility-course"], HERE), html.Th)
    assert [text(one) for one in heads[:3]] == ["Home", "May 2019", "Jun 2019"]
    figures = [props(one) for one in every(body_of(answers["responsibility-course"], HERE), html.Td)]
    assert {one["data-figure"]: one["children"] for one in figures}["overseas 2019-06-30 per_10000"] == "9,230.8"


def test_whoever_may_is_led_to_one_citizen(answers: dict[str, Answer]) -> None:
    def ways(answer: Answer) -> list[str]:
        return [one.href for one in every(body_of(answer, HERE), html.A)]

    assert ways(answers["responsibility"]) == [OPEN]
    assert ways(replace(answers["responsibility"], abilities=frozenset())) == []
