"""Files as people and programs write them: what is read, from which line, and what is said when nothing can be."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from data_access.intake.canonical import KINDS, ONLY_MADE
from data_access.intake.files import FileProblem, kind_of, read_file, write_rejects
from data_access.intake.validate import REJECT_COLUMNS, RawRows

HEADER = "slug,name,government\n"


def written(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def slugs(rows: RawRows) -> list[tuple[int, str]]:
    """Line and slug of each row."""
    return list(zip(rows.lines.tolist(), rows.table.column("slug").to_pylist(), strict=True))


def unreadable(rows: RawRows) -> list[tuple[int, str, str]]:
    """Line, text and reason of what never became a row."""
    if rows.unreadable is None:
        return []
    return [(row.line, row.value, row.reason) for row in rows.unreadable.itertuples()]  # type: ignore[misc]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["\n", ""])
def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path, newline: str, mark: str, last: str) -> None:
    text = mark + HEADER + "a,محکمہ,sindh\nb,B,sindh" + last
    rows = read_file(written(tmp_path, text.replace("\n", newline)))
    assert (rows.kind.name, rows.source, rows.read) == ("department", "rows.csv", 2)
    assert slugs(rows) == [(2, "a"), (3, "b")]
    assert rows.table.column("name").to_pylist() == ["محکمہ", "B"]
    assert unreadable(rows) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_those_of_the_file(tmp_path: Path, newline: str) -> None:
    """Past line breaks in values, blank lines and rows that were skipped, with line breaks of their own."""
    lines = [
        HEADER.strip(),
        'a,"A',  # line 2
        'and a half",sindh',
        "",
        "b,B,sindh",  # 5
        "c,C",  # 6
        'd,"D',  # 7
        '",sindh,x',
        "   ",
        ",,",
        "e,E,sindh",  # 11
        'f,"F',  # 12
        "",
        '",sindh',
        "g,G,sindh,,",  # 15
        "h,H,sindh",  # 16
    ]
    rows = read_file(written(tmp_path, newline.join(lines) + newline))
    assert slugs(rows) == [(2, "a"), (5, "b"), (11, "e"), (12, "f"), (16, "h")]
    reason = "has not the 3 columns of the header"
    assert [(line, why) for line, _, why in unreadable(rows)] == [(6, reason), (7, reason), (15, reason)]
    assert unreadable(rows)[0][1] == "c,C"
    assert rows.read == 8


def test_text_stays_as_it_is(tmp_path: Path) -> None:
    """Nothing is taken for a number, a day or a null before its column says so."""
    rows = read_file(written(tmp_path, HEADER + '007,NA,"null"\n1,"a ""b"", c",2019-01-01\n'))
    assert rows.table.to_pylist() == [
        {"slug": "007", "name": "NA", "government": "null"},
        {"slug": "1", "name": 'a "b", c', "government": "2019-01-01"},
    ]


def test_many_rows_keep_their_lines(tmp_path: Path) -> None:
    """More than one block of the parser (16 MB), with a bad row in each."""
    name = "x" * 2000
    lines = [f"a-{n},{name},sindh" if n % 4000 else f"bad-{n}" for n in range(1, 20_001)]
    rows = read_file(written(tmp_path, HEADER + "\n".join(lines)))
    assert [line for line, _, _ in unreadable(rows)] == [4001, 8001, 12_001, 16_001, 20_001]
    found = slugs(rows)
    assert (len(found), found[0], found[-1]) == (19_995, (2, "a-1"), (20_000, "a-19999"))
    assert all(slug == f"a-{line - 1}" for line, slug in found)


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    rows = read_file(written(tmp_path, HEADER))
    assert (rows.kind.name, rows.read, len(rows.table)) == ("department", 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "cannot be read (Empty CSV file); CSV must be UTF-8 with commas and a header"),
        ("a.csv", "\n\n", "cannot be read"),
        ("a.csv", "slug,name,colour\na,A,red\n", "The header of"),
        ("a.csv", "slug;name;government\na;A;sindh\n", "(slug;name;government) is not that of one kind"),
        ("a.csv", "slug,name,government,name\na,A,sindh,B\n", "has name twice; keep one of each"),
        ("a.csv", HEADER.encode() + b"a,\xff\xfe,sindh\n", "invalid UTF8 data"),
        ("a.csv", HEADER.encode("utf-16"), "CSV must be UTF-8"),
        ("a.csv", b"sl\xffug,name,government\n", "CSV must be UTF-8"),
        ("a.parquet", "slug,name,government\n", "cannot be read"),
        ("a.parquet", b"PAR1" + b"\x00" * 20 + b"PAR1", "cannot be read"),
        ("a.xlsx", "x", "is neither .csv nor .parquet"),
        ("a", "x", "is neither .csv nor .parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_sentence(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    path = written(tmp_path, content, name)
    with pytest.raises(FileProblem) as problem:
        read_file(path)
    assert words in str(problem.value)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("name", ["gone.csv", "folder.csv"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileProblem, match="There is no file"):
        read_file(tmp_path / name)


def test_every_kind_is_known_by_its_header() -> None:
    for kind in (kind for kind in KINDS if kind.name not in ONLY_MADE):
        every = [column.name for column in kind.columns]
        assert kind_of(Path("x"), every) is kind
        assert kind_of(Path("x"), sorted(kind.required)) is kind


def test_parquet_of_types_and_of_text(tmp_path: Path) -> None:
    typed = pa.table(
        {
            "id": pa.array([1, 2], pa.int64()),
            "category": pa.array(["roads", "roads"]).dictionary_encode(),
            "received_at": pa.array([datetime(2019, 1, 1), None], pa.timestamp("us", "UTC")),
            "due_on": pa.array([date(2019, 2, 1), None]),
        }
    )
    pyarrow.parquet.write_table(typed, tmp_path / "typed.parquet")
    rows = read_file(tmp_path / "typed.parquet")
    assert (rows.kind.name, rows.lines.tolist(), rows.table.schema.field("id").type) == (
        "complaint",
        [1, 2],
        pa.int64(),
    )
    text = pa.table({"slug": ["a"], "name": pa.array(["محکمہ".encode()], pa.binary()), "government": ["sindh"]})
    pyarrow.parquet.write_table(text, tmp_path / "text.PARQUET")
    rows = read_file(tmp_path / "text.PARQUET")
    assert (rows.kind.name, rows.table.column("name").to_pylist()) == ("department", ["محکمہ"])


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pa.array([["A"]]), "The column name of"),
        (pa.array([{"x": 1}]), "holds lists or structures"),
        (pa.array([b"\xff\xfe"]), "cannot be read"),
    ],
)
def test_parquet_of_what_is_no_cell(tmp_path: Path, column: pa.Array, words: str) -> None:
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pa.table({"slug": ["a"], "name": column, "government": ["sindh"]}), path)
    with pytest.raises(FileProblem) as problem:
        read_file(path)
    assert words in str(problem.value)


def test_rejects_hold_no_formula(tmp_path: Path) -> None:
    values = ["=1+1", "+1", "-1", "@x", "\tx", "plain", "اردو", None, 'a,"b"']
    rows = {"file": "=x.csv", "line": 2, "column": "name", "value": values, "reason": "is not it", "original": values}
    write_rejects(tmp_path / "r.csv", pd.DataFrame(rows))
    back = pd.read_csv(tmp_path / "r.csv", keep_default_na=False)
    assert list(back.columns) == ["file", "line", "column", "value", "reason", "original"]
    assert list(back["original"]) == list(back["value"])
    assert list(back["value"]) == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain", "اردو", "", 'a,"b"']
    assert set(back["file"]) == {"'=x.csv"}


def test_rejects_that_cannot_be_written(tmp_path: Path) -> None:
    rows = pd.DataFrame([("f", 1, "c", "v", "r", "o")], columns=list(REJECT_COLUMNS))
    with pytest.raises(FileProblem, match="The rejected rows cannot be written to"):
        write_rejects(tmp_path / "gone" / "r.csv", rows)
