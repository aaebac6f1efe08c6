"""A long table as a workbook: what it is and stands on, then all its rows, with numbers and days as such."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own

from dashboard.files.about import stands_on
from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.text import say

_FORMATS: Final[Mapping[str, str]] = {
    "fraction": "0.0%",
    "day": "d mmm yyyy",
    "month": "mmm yyyy",
    "decimal": "#,##0.0",
    "ratio": "#,##0.00",
    "days": "#,##0",
}
_WIDE: Final = frozenset({"name", "office", "post", "department", "definition", "reply", "reason", "source"})
_HEAD: Final = 3
"""The row of the headings: the title and what the table stands on are above it."""

Rows = Iterable[Sequence[Mapping[str, Any]]]
Sheet = Any  # the library has no types of its own


def table_xlsx(answer: Answer, parts: Rows) -> bytes:
    """The workbook of the rows, which come some at a time; `answer` says what they stand on."""
    out = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    language, columns = answer.language, answer.columns
    with xlsxwriter.Workbook(out, plain) as book:
        formats = {unit: book.add_format({"num_format": pattern}) for unit, pattern in _FORMATS.items()}
        number = book.add_format({"num_format": "#,##0"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet = book.add_worksheet(answer.panel.name[:31])
        sheet.write_string(0, 0, say(answer.panel.title, language), book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, " · ".join(text for _, text in stands_on(answer)))
        for place, column in enumerate(columns):
            sheet.write_string(_HEAD, place, say(column.label, language), head)
            sheet.set_column(place, place, 40 if column.name in _WIDE else 13)
        last = _HEAD
        for rows in parts:
            for row in rows:
                last += 1
                for place, column in enumerate(columns):
                    _write(sheet, last, place, column, row[column.name], formats.get(column.unit, number))
        sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
        sheet.freeze_panes(_HEAD + 1, 0)
    return out.getvalue()


def _write(sheet: Sheet, row: int, place: int, column: Column, value: object, form: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, *([] if column.unit == "number" else [form]))
    else:
        sheet.write_string(row, place, str(value))
