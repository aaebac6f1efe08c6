"""A report as a workbook: what it is and stands on, then a sheet a panel with all its columns and rows.

Numbers, days and percentages are such, so that they can be added up and sorted; text is text, whatever it looks like.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own

from dashboard.charts.tokens import LIGHT
from dashboard.files.report.description import Report, Section
from dashboard.files.sheet_names import sheet_names
from dashboard.panels.cells import in_unit
from dashboard.panels.panel import Column
from dashboard.words.text import say

_COUNT: Final = "#,##0"
_FORMATS: Final[Mapping[str, str]] = {
    "fraction": "0.0%",
    "day": "d mmm yyyy",
    "month": "mmm yyyy",
    "days": "#,##0.0",
    "per_100k": "#,##0.0",
    "per_day": "#,##0.0",
    "degrees": "0.00",
    "decimal": "#,##0.00",
    "ratio": "#,##0.00",
    "number": "0",
}
_CHANGES: Final[Mapping[str, str]] = {
    "fraction": '+0.0 %" points";-0.0 %" points";0.0 %" points"',
    "days": "+#,##0.0;-#,##0.0;0.0",
    "decimal": "+#,##0.00;-#,##0.00;0.00",
}
_CHANGE: Final = "+#,##0;-#,##0;0"
_HEAD: Final = 4
"""The row of the headings: question, headline, what it stands on and notes are above it."""
_ABOUT: Final = (36, 110)  # letters that the columns of the first sheet are wide
_LINE: Final = 15  # points that a line is high
_ROOM: Final = 1.05  # some fonts are wider
_LONGEST: Final = 32_767  # letters that a cell has room for
_EXACT: Final = 2**53  # whole numbers beyond it are not told apart by a workbook

Sheet = Any  # the library has no types of its own
Styles = Mapping[str, Any]


def report_xlsx(report: Report) -> bytes:
    """The workbook."""
    out = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    language = report.language
    names = [section.name.replace("-", " ").capitalize() for section in report.sections]
    about, *sheets = sheet_names([say("About", language), *names])
    with xlsxwriter.Workbook(out, plain) as book:
        made = datetime.combine(report.as_of or date(1900, 1, 1), time())  # the same report is the same file
        book.set_properties({"title": report.title, "subject": report.foot, "author": "Jawabdeh", "created": made})
        styles = _styles(book)
        _about(book.add_worksheet(about), report, sheets, styles)
        for name, section in zip(sheets, report.sections, strict=True):
            _panel(book.add_worksheet(name), report, section, styles)
    return out.getvalue()


def _styles(book: Any) -> Styles:
    found = {unit: book.add_format({"num_format": pattern}) for unit, pattern in _FORMATS.items()}
    changes = {f"{unit} change": book.add_format({"num_format": pattern}) for unit, pattern in _CHANGES.items()}
    return {
        **found,
        **changes,
        "count": book.add_format({"num_format": _COUNT}),
        "count change": book.add_format({"num_format": _CHANGE}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "link": book.add_format({"font_color": LIGHT["accent"], "underline": 1, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _about(sheet: Sheet, report: Report, names: Sequence[str], styles: Styles) -> None:
    language = report.language
    for place, width in enumerate(_ABOUT):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, f"Jawabdeh · {report.title}", styles["title"])
    row = 2
    for label, text in (*report.stands_on, (say("SHA-256 of the figures", language), report.fingerprint)):
        row = _pair(sheet, row, label, text, styles)
    row = _heading(sheet, row + 1, say("Sheets", language), styles)
    for name, section in zip(names, report.sections, strict=True):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles["link"], name)
        row = _pair(sheet, row, None, f"{section.title} {section.headline}", styles)
    if report.left_out:
        row = _heading(sheet, row + 1, say("Left out", language), styles)
        for one in report.left_out:
            row = _pair(sheet, row, one.title, one.reason, styles)
    row = _heading(sheet, row + 1, say("How this is computed", language), styles)
    for label, definition in report.definitions:
        row = _pair(sheet, row, label, definition, styles)
    _on_paper(sheet, report)


def _heading(sheet: Sheet, row: int, text: str, styles: Styles) -> int:
    sheet.write_string(row, 0, text, styles["title"])
    return row + 1


def _pair(sheet: Sheet, row: int, label: str | None, text: str, styles: Styles) -> int:
    """A label, if there is none yet, and a text, in a row high enough for both; the next row."""
    lines = max(ceil(len(one) * _ROOM / width) for one, width in zip((label or "", text), _ABOUT, strict=True))
    sheet.set_row(row, _LINE * max(lines, 1))
    if label is not None:
        sheet.write_string(row, 0, label, styles["bold"])
    sheet.write_string(row, 1, text[:_LONGEST], styles["wrapped"])
    return row + 1


def _panel(sheet: Sheet, report: Report, section: Section, styles: Styles) -> None:
    columns, language = section.answer.columns, section.answer.language
    sheet.write_string(0, 0, section.title, styles["title"])
    sheet.write_string(1, 0, section.headline[:_LONGEST])
    sheet.write_string(2, 0, f"{report.foot} · {report.sealed}"[:_LONGEST])
    sheet.write_string(3, 0, " ".join(section.told)[:_LONGEST])
    rows, lines = section.answer.rows, 1
    for place, column in enumerate(columns):
        label = say(column.label, language)
        width = _width(column, [row[column.name] for row in rows])
        sheet.write_string(_HEAD, place, label, styles["head"])
        sheet.set_column(place, place, width)
        lines = max(lines, len(wrap(label, int(width / _ROOM))))
        for number, row in enumerate(rows, _HEAD + 1):
            _write(sheet, number, place, in_unit(row, column), row[column.name], styles)
    sheet.set_row(_HEAD, _LINE * lines)
    if rows:
        sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(columns) - 1)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.repeat_rows(_HEAD)
    _on_paper(sheet, report)


def _width(column: Column, values: Sequence[Any]) -> int:
    """Wide enough for its values, and for the longest word of its heading."""
    if column.unit == "text":
        longest = max((len(value) for value in values if isinstance(value, str)), default=0)
        return min(max(longest + 2, 10), 60)
    return max(12, *(len(word) + 4 for word in column.label.split()))


def _write(sheet: Sheet, row: int, place: int, column: Column, value: object, styles: Styles) -> None:
    change = " change" if column.signed or column.name.endswith("_change") else ""
    style = styles.get(f"{column.unit}{change}") or styles[f"count{change}"]
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, (int, float)) and abs(value) <= _EXACT:
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value)[:_LONGEST])


def _on_paper(sheet: Sheet, report: Report) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    title, day = report.title.replace("&", "&&"), report.as_of.isoformat() if report.as_of else ""
    sheet.set_footer(f"&L{title} · {day} · {report.fingerprint[:16]}&R&P / &N")
