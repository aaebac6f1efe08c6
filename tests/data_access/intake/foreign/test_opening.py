"""Workbooks, Parquet, JSON lines; and files that are not what they should be."""

import io
import os
import zipfile
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet
import pytest

from data_access.intake.files import FileProblem
from data_access.intake.foreign.parts import Layout, Size
from tests.data_access.intake.foreign.reading import put, read


def workbook(path: Path, rows: list[list[Any]], title: str = "Sheet") -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_cells_of_a_workbook_are_text(tmp_path: Path) -> None:
    when = datetime(2024, 1, 31, 23, 59, 59)
    rows: list[list[Any]] = [
        [],
        ["No", "When", "x", None],
        [1, when, "پانی"],
        [],
        [2.5, date(2024, 2, 1), True],
        [3.0, 45322.5, "=1+1"],
    ]
    found, refused = read(workbook(tmp_path / "a.xlsx", rows))
    assert refused == []
    assert found == [
        (3, {"No": "1", "When": "2024-01-31T23:59:59", "x": "پانی"}),
        (5, {"No": "2.5", "When": "2024-02-01T00:00:00", "x": "true"}),
        (6, {"No": "3", "When": "45322.5", "x": ""}),
    ]
    assert read(tmp_path / "a.xlsx", size=Size(rows=1))[0] == found


def test_the_sheet_may_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["title"], ["a"], ["1"]], "Data")
    assert read(path, Layout(sheet="Data", header_line=2))[0] == [(3, {"a": "1"})]
    with pytest.raises(FileProblem, match="has no sheet Other; it has Data"):
        read(path, Layout(sheet="Other"))


def test_parquet_keeps_types_and_numbers_rows(tmp_path: Path) -> None:
    table = pa.table({"n": [1, 2, 3], "t": pa.array([datetime(2024, 1, 1)] * 3), "b": pa.array([b"x"] * 3)})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    rows, _ = read(tmp_path / "a.parquet")
    assert rows[2] == (3, {"n": 3, "t": datetime(2024, 1, 1), "b": "x"})
    assert read(tmp_path / "a.parquet", size=Size(rows=2))[0] == rows


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '\ufeff{"a": 1.10, "b": "پانی"}',
        "",
        '{"a": null, "c": true}',
        '{"a": [1]}',
        "nonsense",
        "[1, 2]",
        '{"a": "\\ud800"}',
        '{"a": {"b": 1}}',
        '{"a": 123456789012345678901234567890}',
    ]
    rows, refused = read(put(tmp_path, "\n".join(lines), "a.jsonl"))
    assert rows == [
        (1, {"a": "1.10", "b": "پانی", "c": None}),
        (3, {"a": None, "b": None, "c": "true"}),
        (9, {"a": "123456789012345678901234567890", "b": None, "c": None}),
    ]
    nested = "holds a list or an object; give plain values, or one row for each of them"
    assert [(line, column, why) for line, column, _, why, _ in refused] == [
        (4, "a", nested),
        (5, "", "is no JSON that can be read"),
        (6, "", "is no JSON object with names and values"),
        (7, "", "holds half of a character, which is no text"),
        (8, "a", nested),
    ]
    assert refused[0][4] == '{"a": [1]}'


def test_a_key_that_comes_late_is_refused_unless_a_mapping_says_what_counts(tmp_path: Path) -> None:
    path = put(tmp_path, '{"a": 1}\n' * 1000 + '{"a": 2, "late": 3}\n', "a.jsonl")
    rows, refused = read(path)
    assert (len(rows), refused[0][:2]) == (1000, (1001, "late"))
    rows, refused = read(path, wanted=["late"])
    assert (rows[-1], refused) == ((1001, {"a": "2", "late": "3"}), [])
    assert read(path, size=Size(rows=300), wanted=["late"])[0] == rows


def packed(name: str, content: bytes) -> bytes:
    """A packed file that is no workbook."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", packed("x", b""), "is a workbook or another packed file, not what its name says"),
        ("a.csv", b"PAR1xxxx", "let its name end in .parquet"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "save it as .xlsx, without a password"),
        ("a.csv", b"\x1f\x8bx", "unpack it first"),
        ("a.xlsx", packed("x", b""), "cannot be read"),
        ("a.xlsx", packed("x", b"")[:-8], "cannot be read"),
        ("a.xlsx", b"a,b\n1,2\n", "cannot be read"),
        ("a.parquet", b"PAR1" + b"\x00" * 20 + b"PAR1", "cannot be read"),
        ("a.parquet", b"a,b\n", "cannot be read"),
        ("a.jsonl", b"a,b\n1,2\n", "has no JSON object on its first lines"),
        ("a.jsonl", b"", "is empty"),
        ("a.doc", b"x", "is neither .csv"),
        ("a", b"x", "is neither .csv"),
    ],
    ids=count(),  # packed files hold the time: named by it, each process would have tests of its own
)
def test_a_file_of_another_kind_is_named_in_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = put(tmp_path, content, name)
    with pytest.raises(FileProblem) as problem:
        read(path)
    assert words in str(problem.value)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"There is no file .*gone\.csv; mind"):
        read(tmp_path / "gone.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileProblem, match="but a folder; name a file in it"):
        read(tmp_path / "folder.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b\n")
    path.chmod(0)
    with pytest.raises(FileProblem, match="may not be read by this account"):
        read(path)


def test_a_workbook_of_too_many_words_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.intake.foreign.workbook._MOST", 10)
    with pytest.raises(FileProblem, match="unpacks to more than can be held"):
        read(workbook(tmp_path / "a.xlsx", [["a"], ["b"]]))
