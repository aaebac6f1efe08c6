"""What of a table there is no room for, and where it is."""

from collections.abc import Sequence

from dashboard.files.report.fitting import Fitted
from dashboard.words.numbers import count
from dashboard.words.text import listed, say


def not_shown(rows: int, table: Fitted, most: int, language: str) -> list[str]:
    """The sentences on a table of which `most` of so many rows are shown; none where all of it is."""
    said = []
    if rows > most:
        told = "The first {rows} of {whole} rows; the workbook holds them all."
        said.append(say(told, language, rows=count(most, language), whole=count(rows, language)))
    if table.left_out:
        said.append(also_in_workbook(table.left_out, language))
    return said


def also_in_workbook(columns: Sequence[str], language: str) -> str:
    """Which columns only the workbook holds, by their headings."""
    return say("Also in the workbook: {columns}.", language, columns=listed(columns, language))
