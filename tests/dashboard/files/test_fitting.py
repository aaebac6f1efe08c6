"""Text measured without drawing it, and tables made to fit."""

import pytest

from dashboard.files.report.fitting import Fitted, fitted, in_fewest_pages
from dashboard.files.report.grid import Grid
from dashboard.files.report.widths import fits, height_of, lines, size_for, width, wrapped
from dashboard.files.stage.sheet import LEAST
from dashboard.files.stage.tables import SIZES, all_pages, whole_or_most


def grid(rows: int, *texts: str) -> Grid:
    numbers = tuple(text.isdigit() for text in texts)
    heads = tuple(f"Heading {place}" for place in range(len(texts)))
    return Grid(heads, numbers, numbers, (texts,) * rows)


def test_width_grows_with_text_size_and_weight() -> None:
    assert width("", 12) == 0
    assert width("mm", 12) == pytest.approx(2 * width("m", 12))
    assert width("abc", 24) == pytest.approx(2 * width("abc", 12))
    assert width("District", 10, bold=True) > width("District", 10)
    assert width("漢", 10) >= 10
    assert width("جواب", 10) > 0


@pytest.mark.parametrize(
    ("text", "room", "count"), [("", 50, 1), ("one", 50, 1), ("one two", 30, 2), ("x" * 100, 50, 11), ("a b c", 1, 3)]
)
def test_lines_are_counted_rather_too_many_than_too_few(text: str, room: float, count: int) -> None:
    assert count <= lines(text, room, 10) <= count + 2


def test_a_text_never_needs_fewer_lines_in_less_room() -> None:
    text = "Local Government and Rural Development Department, Khyber Pakhtunkhwa"
    counts = [lines(text, room, 11) for room in range(400, 20, -5)]
    assert counts == sorted(counts)
    assert height_of(f"{text}\n{text}", 400, 11) == pytest.approx(2 * height_of(text, 400, 11))


def test_the_largest_size_that_fits_is_taken() -> None:
    assert size_for("short", (200, 50), (26, 14)) == 26
    assert size_for("long " * 50, (200, 50), (26, 14)) == 14
    assert fits("Gilgit-Baltistan", (50, 40), 10)
    assert not fits("Pakhtunkhwa", (50, 40), 10)


def test_columns_fill_the_room_and_numbers_are_not_broken() -> None:
    table = fitted(grid(3, "Some words that may be wrapped in several lines", "1234567"), 200, (12, 10, 8))
    assert sum(table.widths) == pytest.approx(200)
    assert table.widths[1] - 2 * table.padding >= width("1234567", table.size)
    assert table.left_out == ()


def test_text_shrinks_before_columns_are_left_out_and_those_are_named() -> None:
    wide = grid(2, *["1234567890"] * 8)
    assert fitted(wide, 900, (12, 8)).size == 12
    assert fitted(wide, 480, (12, 8)).size == 8
    narrow = fitted(wide, 200, (12, 8))
    assert narrow.left_out == wide.heads[len(narrow.grid.heads) :]
    assert narrow.left_out


def test_one_column_wider_than_the_room_is_broken() -> None:
    table = fitted(grid(1, "1" * 200), 100, (12, 8))
    assert list(table.widths) == [100]
    assert table.whole_height > 100


def test_pages_hold_every_row_once_and_no_more_than_fits() -> None:
    table = fitted(grid(50, "word " * 30, "5"), 300, (12,))
    pages = table.pages(200)
    assert [place for page in pages for place in page] == list(range(50))
    for page in pages:
        assert table.head_height + sum(table.height(table.grid.rows[place]) for place in page) <= 200
    assert len(table.pages(1)) == 50, "a row higher than a page has one of its own"
    nothing = Fitted(grid(0, "x"), 10, (50.0,), 4)
    assert [list(page) for page in nothing.pages(100)] == [[]]


def test_a_table_is_set_smaller_where_that_saves_a_page() -> None:
    many = grid(20, "name", "5")
    assert in_fewest_pages(many, (400, 2000), (13, 9)).size == 13
    high = fitted(many, 400, (13,)).whole_height
    assert in_fewest_pages(many, (400, high - 5), (13, 9)).size == 9


@pytest.mark.parametrize(
    "text", ["Khyber Pakhtunkhwa\n86.7%", "Gilgit-Baltistan\nn/a", "Azad Jammu & Kashmir", "Sindh"]
)
@pytest.mark.parametrize("room", [45.0, 60.0, 200.0])
def test_what_fits_is_wrapped_without_losing_a_letter(text: str, room: float) -> None:
    found = wrapped(text, room, 8)
    assert "".join(found).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert fits(text, (room, 1000), 8) == all(width(line, 8) <= room for line in found)
    assert len(found) >= len(text.split("\n"))


def test_a_whole_table_with_room_to_spare_is_set_large_and_a_long_one_goes_on() -> None:
    few, rows = whole_or_most(grid(3, "Sindh", "12"), 100, 60)
    assert (few.size, rows) == (SIZES[0], 3)
    many, rows = whole_or_most(grid(60, "Sindh", "12"), 100, 60)
    assert many.size == LEAST
    assert 0 < rows < 60
    assert many.head_height + rows * many.height(many.grid.rows[0]) <= 60
    wide = grid(30, "Sindh", *("123456789",) * 20)
    pages = list(all_pages(wide, 100, 60))
    assert all(table.grid.heads[0] == "Heading 0" for table, _ in pages)
    assert {head for table, _ in pages for head in table.grid.heads} == set(wide.heads)
    firsts = [rows for table, rows in pages if table.grid.heads == pages[0][0].grid.heads]
    assert [place for rows in firsts for place in rows] == list(range(30))
