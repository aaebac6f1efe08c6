"""Rows that were refused, as a workbook: what was wrong with each, and the row as it stood."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own

from dashboard.words.text import marked, say
from data_access.rejects import COLUMNS, Reject

MOST: Final = 1_000_000
"""Rows in a workbook; a sheet has room for 1,048,576."""
_LONGEST: Final = 32_767
"""Letters that a cell of a workbook has room for."""
MORE: Final = marked("More than {most} rows were refused; all of them stand in the CSV file.")


def rejects_xlsx(rejects: Iterable[Reject], language: str) -> bytes:
    """The workbook. Text stands in it as text: nothing of it is a formula or a link, whatever it looks like."""
    out = BytesIO()
    # Row after row through a file on disk: a workbook in memory takes a kilobyte a row.
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**plain, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("rejects")
        head = book.add_format({"bold": True, "bottom": 1})
        for place, width in enumerate((24, 9, 18, 24, 48, 80)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(COLUMNS):
            sheet.write_string(0, place, name, head)
        for row, one in enumerate(rejects, 1):
            if row > MOST:
                sheet.write_string(row, 0, say(MORE, language, most=f"{MOST:,}"))
                break
            for place, name in enumerate(COLUMNS):
                value = getattr(one, name)
                if isinstance(value, int):
                    sheet.write_number(row, place, value)
                elif value is not None:
                    sheet.write_string(row, place, value[:_LONGEST])
    return out.getvalue()
