"""Long tables as workbooks, read back from their XML."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree  # what is read was written here

import pytest

from dashboard.files.table_xlsx import table_xlsx
from dashboard.panels.catalogue import PANELS
from dashboard.panels.whole import whole_list
from data_access.database import Database
from data_access.filters import parse_query
from tests.app.small import reads_all, small

__all__ = ["small"]
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BEGIN = date(1899, 12, 30)
"""The day that spreadsheets count from."""


def lines(content: bytes) -> Iterator[dict[int, str | float | bool]]:
    """The cells of each row of the first sheet, by their place."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in one.iter(f"{SPACE}t")) for one in shared]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{SPACE}row"):
        found: dict[int, str | float | bool] = {}
        for cell in row:
            value = cell.findtext(f"{SPACE}v") or ""
            kind, letters = cell.get("t"), re.sub(r"\d", "", cell.get("r") or "")
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - 64
            found[place - 1] = texts[int(value)] if kind == "s" else value == "1" if kind == "b" else float(value)
        yield found


@pytest.mark.parametrize("name", ["offices", "officers"])
def test_a_workbook_holds_every_row_as_numbers_and_days(small: Database, name: str) -> None:
    panel = PANELS[name]
    assert panel.listing is not None
    filters = parse_query("as_of=2019-09-30&sort=-closings")
    with whole_list(panel, panel.listing, reads_all(small), filters) as (answer, parts):
        kept = [list(part) for part in parts]
    title, standing, heads, *told = lines(table_xlsx(answer, kept))
    assert title == {0: panel.title}
    assert "30 Sep 2019" in str(standing[0])
    assert list(heads.values()) == [column.label for column in answer.columns]
    rows = [row for part in kept for row in part]
    assert len(told) == len(rows) > 4
    for cells, row in zip(told, rows, strict=True):
        for place, column in enumerate(answer.columns):
            value, cell = row[column.name], cells.get(place)
            if column.unit == "day" and value is not None:
                assert isinstance(cell, float)
                assert BEGIN + timedelta(days=int(cell)) == value
            else:
                assert cell == value, column.name
