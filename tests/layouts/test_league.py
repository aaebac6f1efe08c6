"""The league table: rank, movement, bar, promise, and who is not ranked and why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import html

from dashboard.panels.answer import Answer
from layouts.bodies import body_of
from layouts.parts import Here
from layouts.target import reached, target_cell
from tests.layouts.reading import every, of_class, props, text

PROMISE: dict[str, Any] = {
    "slug": "sindh",
    "target_metric": "resolution_rate",
    "target": 0.55,
    "target_by": date(2019, 10, 31),
    "target_met": False,
    "target_source": "Cabinet review",
}


def rows_of(answer: Answer) -> list[Any]:
    found: list[Any] = every(body_of(answer, Here("/")), html.Tbody)[0].children
    return found


def changed(answer: Answer, place: int, **values: Any) -> Answer:
    """The answer with one row changed."""
    rows = [{**row, **values} if number == place else row for number, row in enumerate(answer.rows)]
    return replace(answer, rows=tuple(rows))


def test_it_is_a_table_with_headings(answers: dict[str, Answer]) -> None:
    assert all(th.scope in {"col", "row"} for th in every(body_of(answers["scorecard"], Here("/")), html.Th))
    rows = rows_of(answers["scorecard"])
    assert len(rows) == 8
    cells = [text(cell) for cell in rows[0].children]
    assert (cells[0], cells[2], cells[3], cells[4]) == ("1", "Federal", "20", "90.0%")
    assert [row.className for row in rows] == [""] * 3 + ["jd-unranked"] * 5


def test_bars_start_at_zero_and_are_not_read_aloud(answers: dict[str, Answer]) -> None:
    tracks = of_class(body_of(answers["scorecard"], Here("/")), html.Span, "jd-track")
    assert tracks[0].children[0].style == {"width": "90.00%"}
    assert tracks[-1].children[0].style == {"width": "0.00%"}
    assert all(props(track)["aria-hidden"] == "true" for track in tracks)


@pytest.mark.parametrize(
    ("places", "shown", "tone", "title"),
    [
        (1, "▲ 1", "jd-good", "rank 2 on 31 Aug 2019"),
        (-2, "▼ 2", "jd-bad", "rank -1 on 31 Aug 2019"),
        (0, "▬", "", "rank 1 on 31 Aug 2019"),
        (None, "", "", None),
    ],
)
def test_movement(answers: dict[str, Answer], places: int | None, shown: str, tone: str, title: str | None) -> None:
    cell = rows_of(changed(answers["scorecard"], 0, rank_change=places))[0].children[1]
    assert text(cell) == shown
    assert cell.className.endswith(tone)
    assert cell.title == title


def test_a_promise_is_told_and_marked_on_the_bar(answers: dict[str, Answer]) -> None:
    found = body_of(changed(answers["scorecard"], 0, **{**PROMISE, "slug": "federal"}), Here("/"))
    ticks = of_class(found, html.Span, "jd-tick")
    assert ticks[0].style == {"insetInlineStart": "55.00%"}
    assert text(target_cell(PROMISE, date(2019, 10, 1), "en")) == "≥ 55.0% 31 Oct"
    assert reached(PROMISE, "en") == "Promised: Resolution rate ≥ 55.0% by 31 Oct 2019 (Cabinet review); not reached."


def test_a_promise_that_is_kept_says_so() -> None:
    kept = {**PROMISE, "target_met": True}
    assert text(target_cell(kept, None, "en")).startswith("✓ ≥ 55.0%")
    assert props(target_cell(kept, None, "en"))["className"].endswith("jd-good")
    assert reached(kept, "en").endswith("; kept.")


def test_a_promise_that_was_not_kept_by_its_day_is_bad() -> None:
    assert "jd-bad" not in props(target_cell(PROMISE, date(2019, 10, 30), "en"))["className"]
    assert "jd-bad" in props(target_cell(PROMISE, date(2019, 10, 31), "en"))["className"]


def test_a_promise_on_another_metric_names_it() -> None:
    other = {**PROMISE, "target_metric": "pending_over_90", "target": 20000}
    assert "Pending over 90 days" in text(target_cell(other, None, "en"))
    assert "≤ 20,000" in text(target_cell(other, None, "en"))


def test_where_nothing_was_promised_nothing_stands() -> None:
    none = {**PROMISE, "target": None}
    assert text(target_cell(none, None, "en")) == ""
    assert reached(none, "en") == ""


def test_footnotes_say_once_why_governments_are_not_ranked(answers: dict[str, Answer]) -> None:
    stale = changed(
        answers["scorecard"],
        2,
        ranked=False,
        rank=None,
        rank_change=None,
        stale=True,
        latest_event_day=date(2019, 8, 1),
    )
    found = body_of(stale, Here("/"))
    notes = of_class(found, html.P, "jd-notes")
    assert text(notes).count("Stale, not ranked: no event since 1 Aug 2019.") == 1
    assert text(notes).count("Not ranked: nothing was received.") == 1
    marks = [text(one) for one in every(every(found, html.Tbody)[0], html.Sup)]
    assert len(marks) == 6
    assert marks[0] == "1"
