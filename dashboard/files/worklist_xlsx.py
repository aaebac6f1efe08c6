"""The worklist as a workbook: what it is and stands on, then a sheet a district, with numbers and days as such."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own

from dashboard.files.about import stands_on
from dashboard.files.sheet_names import sheet_names
from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.text import say
from dashboard.words.worklist import Sheet, sheets
from data_access.metrics import METRICS

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LEFT_OUT: Final = frozenset({"slug", "is_member", "district_slug", "department_slug", "government_slug"})
_FORMATS: Final[Mapping[str, str]] = {
    "complaints": "#,##0",
    "fraction": "0.0%",
    "days": "#,##0.0",
    "per_day": "#,##0.0",
    "day": "d mmm yyyy",
}
_WIDTHS: Final[Mapping[str, int]] = {"name": 44, "department_name": 34, "district_name": 18, "government_name": 16}
_HEAD: Final = 3
"""The row of the headings: title, what it stands on and sums stand above it."""

Workbook = Any  # the library has no types of its own


def worklist_xlsx(answer: Answer) -> bytes:
    """The workbook. Every row of the answer stands on the sheet of its district."""
    out = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, plain) as book:
        styles = _styles(book)
        every = sheets(answer.rows)
        names = sheet_names([say("About", answer.language), *(sheet.title for sheet in every)])
        _about(book.add_worksheet(names[0]), answer, styles, list(zip(names[1:], every, strict=True)))
        for name, sheet in zip(names[1:], every, strict=True):
            _district(book.add_worksheet(name), answer, sheet, styles)
    return out.getvalue()


def _styles(book: Workbook) -> dict[str, Any]:
    found = {unit: book.add_format({"num_format": pattern}) for unit, pattern in _FORMATS.items()}
    sums = {f"{unit} sum": book.add_format({"num_format": _FORMATS[unit], "bold": True}) for unit in _FORMATS}
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    return {**found, **sums, "title": title, "head": head, "wrapped": wrapped, "bold": book.add_format({"bold": True})}


def _columns(answer: Answer) -> list[Column]:
    return [column for column in answer.columns if column.name not in _LEFT_OUT]


def _about(sheet: Any, answer: Answer, styles: Mapping[str, Any], sheets: Sequence[tuple[str, Sheet]]) -> None:
    language = answer.language
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, say(answer.panel.title, language), styles["title"])
    sheet.write_string(1, 0, answer.headline)
    row = 3
    for label, text in stands_on(answer):
        sheet.write_string(row, 0, label, styles["bold"])
        sheet.write_string(row, 1, text)
        row += 1
    row += 1
    sheet.write_string(row, 0, say("How this is computed", language), styles["title"])
    for column in _columns(answer):
        row += 1
        sheet.write_string(row, 0, say(column.label, language), styles["bold"])
        sheet.write_string(row, 1, say(column.definition, language), styles["wrapped"])
    row += 2
    sheet.write_string(row, 0, say("Sheets", language), styles["title"])
    for name, one in sheets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=one.title)


def _district(sheet: Any, answer: Answer, own: Sheet, styles: Mapping[str, Any]) -> None:
    columns, language = _columns(answer), answer.language
    sheet.write_string(0, 0, own.title, styles["title"])
    sheet.write_string(1, 0, " · ".join(text for _, text in stands_on(answer)))
    sheet.write_string(2, 0, say("All that is shown", language), styles["bold"])
    for place, column in enumerate(columns):
        sheet.write_string(_HEAD, place, say(column.label, language), styles["head"])
        sheet.set_column(place, place, _WIDTHS.get(column.name, 12))
        for number, row in enumerate(own.rows, _HEAD + 1):
            _write(sheet, number, place, column, row, styles)
        if column.unit in {"complaints", "per_day"}:
            _sum(sheet, place, column, own.rows, styles)
    sheet.autofilter(_HEAD, 0, _HEAD + len(own.rows), len(columns) - 1)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.repeat_rows(_HEAD)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{own.title.replace('&', '&&')}&R&P / &N")


def _sum(sheet: Any, place: int, column: Column, rows: Sequence[Mapping[str, Any]], styles: Mapping[str, Any]) -> None:
    """A sum that follows the filters of the sheet."""
    letter, last = xlsxwriter.utility.xl_col_to_name(place), _HEAD + 1 + len(rows)
    total = sum(row[column.name] or 0 for row in rows)
    formula = f"=SUBTOTAL(109,{letter}{_HEAD + 2}:{letter}{last})"
    sheet.write_formula(2, place, formula, styles[f"{column.unit} sum"], total)


def _write(
    sheet: Any, number: int, place: int, column: Column, row: Mapping[str, Any], styles: Mapping[str, Any]
) -> None:
    value = row[column.name]
    if value is None:
        return
    unit = METRICS[row["target_metric"]].unit if column.unit == "of_metric" else column.unit
    if unit == "day":
        sheet.write_datetime(number, place, value, styles["day"])
    elif unit == "flag":
        sheet.write_boolean(number, place, value)
    elif column.name == "target_metric":
        sheet.write_string(number, place, METRICS[value].label)
    elif unit == "text":
        sheet.write_string(number, place, str(value))
    else:
        sheet.write_number(number, place, value, styles.get(unit, styles["complaints"]))
