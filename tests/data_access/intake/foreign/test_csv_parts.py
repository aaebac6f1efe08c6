"""Text files as programs of all kinds write them."""

from pathlib import Path

import pytest

from data_access.intake.files import FileProblem
from data_access.intake.foreign.encodings import encoding_of
from data_access.intake.foreign.parts import Layout, Size
from tests.data_access.intake.foreign.reading import put, read

ROWS = [(2, {"name": "پانی", "n": "1"}), (3, {"name": "بجلی", "n": "2"})]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(tmp_path: Path, code: str, separator: str, newline: str) -> None:
    text = newline.join([f"name{separator}n", f"پانی{separator}1", f"بجلی{separator}2"])
    assert read(put(tmp_path, text.encode(code))) == (ROWS, [])
    assert read(put(tmp_path, (text + newline).encode(code))) == (ROWS, [])


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("محکمہ صحت میں شکایت,پانی\n", "cp1256", "cp1256"),
        ("Café,niño,Ærø\n", "cp1252", "cp1252"),
        ("plain,text\n" * 200_000 + "Café\n", "cp1252", "cp1252"),
        ("plain,text\n" * 200_000 + "محکمہ\n", "utf-8", "utf-8"),
        ("plain\n", "ascii", "utf-8"),
        ("محکمہ" * 100 + "\n", "utf-8", "utf-8"),
    ],
)
def test_an_encoding_is_found_out(tmp_path: Path, text: str, code: str, found: str) -> None:
    text = text if code != "cp1256" else text.replace("ہ", "ه").replace("ی", "ي").replace("ک", "ك")
    assert encoding_of(put(tmp_path, text.encode(code))) == found


def test_a_broken_character_is_its_row_s_alone(tmp_path: Path) -> None:
    rows, refused = read(put(tmp_path, "name,n\nپانی,1\n".encode() + b"a\xffb,2\n" + "بجلی,3\n".encode()))
    assert [line for line, _ in rows] == [2, 4]
    reason = "is not text in utf-8; the mapping may name another encoding"
    assert refused == [(3, "name", "a\N{REPLACEMENT CHARACTER}b", reason, "a\N{REPLACEMENT CHARACTER}b,2")]
    path = put(tmp_path, "name,n\nCafé,1\n".encode("cp1252") + b"a\x81b,2\n")
    assert [(line, column) for line, column, *_ in read(path)[1]] == [(3, "name")]


def test_a_told_encoding_and_separator_count(tmp_path: Path) -> None:
    path = put(tmp_path, "a;b,c\nÜ;1,2\n".encode("latin-1"))
    assert read(path, Layout("iso8859-1", ";"))[0] == [(2, {"a": "Ü", "b,c": "1,2"})]


def test_spreadsheets_tell_the_separator_on_a_line_of_its_own(tmp_path: Path) -> None:
    assert read(put(tmp_path, "sep=|\na,b|c\n1|2\n"))[0] == [(3, {"a,b": "1", "c": "2"})]


def test_blank_lines_and_titles_before_the_header(tmp_path: Path) -> None:
    assert read(put(tmp_path, "\n\r\na,b\n1,2\n"))[0] == [(4, {"a": "1", "b": "2"})]
    path = put(tmp_path, "\ufeffComplaints of پنجاب\n\na,b\n1,2\n")
    assert read(path, Layout(header_line=3))[0] == [(4, {"a": "1", "b": "2"})]


def test_names_of_columns_are_made_unique(tmp_path: Path) -> None:
    assert read(put(tmp_path, "a,a,,a\n1,2,3,4\n"))[0] == [(2, {"a": "1", "a (2)": "2", "column 3": "3", "a (3)": "4"})]


def body(count: int) -> str:
    """Rows with line breaks in them, rows that are none, and blank lines."""
    lines = []
    for n in range(count):
        lines.append(f'{n},"x\ny {n}"' if n % 4 else f"bad {n}" if n % 8 else f'"b\r\n{n}",b,"\n"')
        if n % 11 == 0:
            lines.append("")
    return "id,text\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("size", [Size(64, 1000), Size(100, 3), Size(997, 7), Size(1 << 20, 11)])
def test_how_much_is_read_at_a_time_changes_nothing(tmp_path: Path, size: Size) -> None:
    path = put(tmp_path, body(300))
    whole = read(path)
    assert (len(whole[0]), len(whole[1])) == (225, 75)
    assert read(path, size=size) == whole
    text = path.read_text(encoding="utf-8").splitlines()
    assert all(text[line - 1] == f'{row["id"]},"x' for line, row in whole[0])
    assert all(text[line - 1] == original.splitlines()[0] for line, *_, original in whole[1])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty; export it anew"),
        ("\n \n", "is empty; export it anew"),
        ('a,b\n1,"2\n', "ends inside quotation marks"),
        ('a,b\n1,"2', "ends inside quotation marks"),
        ('a,b\n1,2\n"3,4\n5,6\n', "ends inside quotation marks"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_a_sentence(tmp_path: Path, content: str, words: str) -> None:
    path = put(tmp_path, content)
    with pytest.raises(FileProblem) as problem:
        read(path)
    assert words in str(problem.value)
    assert str(path) in str(problem.value)


def test_an_open_quotation_mark_in_a_long_file(tmp_path: Path) -> None:
    path = put(tmp_path, "a,b\n1,2\n" + '3,"4\n' + "5,6\n" * 100)
    with pytest.raises(FileProblem, match=r"has a row below line \d+ that is longer than"):
        read(path, size=Size(100, 100))
