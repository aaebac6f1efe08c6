"""Whatever a file or a mapping holds: rows, or one sentence; never anything else, and no row twice or never."""

import csv
import io
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet
import pytest
import yaml  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.files import FileProblem
from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping import ASKED, ForeignMapping, MappingProblem
from data_access.intake.foreign.mapping_file import load_mapping, parse_mapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.opening import NAMES
from data_access.intake.foreign.parts import Size
from data_access.intake.foreign.propose import propose
from tests.data_access.intake.foreign.reading import BASE, HEAD, bad
from tools.exports import HELPDESK_HEADER, helpdesk_rows

LOOSE = HEAD + "".join(f"  {key}: {words}\n" for key, words in BASE.items())
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
SMALL = Size(1 << 16, 7)


def say(problem: FileProblem) -> None:
    """A problem is one sentence."""
    assert "\n" not in str(problem)
    assert str(problem).endswith((".", "?"))


def outcome(path: Path, mapping: ForeignMapping | None) -> int:
    """How many rows were read; -1 if a sentence was said instead."""
    try:
        return sum(one.read for one in chunks(path, mapping, Names(), size=SMALL))
    except FileProblem as problem:
        say(problem)
        return -1


@cache
def sound(ending: str) -> bytes:
    """A file of that ending as the helpdesk would write it."""
    rows = [dict(zip(HELPDESK_HEADER, row, strict=True)) for row in helpdesk_rows(20)]
    held = io.BytesIO()
    if ending == ".xlsx":
        book = openpyxl.Workbook()
        for row in (HELPDESK_HEADER, *(tuple(row.values()) for row in rows)):
            book.active.append(row)
        book.save(held)
    elif ending == ".parquet":
        pyarrow.parquet.write_table(pa.Table.from_pylist(rows), held)
    elif ending == ".jsonl":
        held.write("\n".join(json.dumps(row) for row in rows).encode())
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([HELPDESK_HEADER, *(tuple(row.values()) for row in rows)])
        held.write(text.getvalue().encode())
    return held.getvalue()


@settings(deadline=None)
@given(st.sampled_from(sorted(NAMES)), st.binary(max_size=400), st.booleans())
def test_any_bytes(ending: str, content: bytes, is_mapped: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(content)
        outcome(path, parse_mapping(LOOSE, "m") if is_mapped else None)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".parquet"])
@settings(deadline=None)
@given(st.data())
def test_a_sound_file_with_some_bytes_broken(ending: str, data: st.DataObject) -> None:
    whole = sound(ending)
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(bytes(broken[:cut]) if data.draw(st.booleans()) else bytes(broken))
        outcome(path, load_mapping(Path("helpdesk")))
        outcome(path, None)
        try:
            text = propose(path)
        except FileProblem:
            return
        parse_mapping(text, "proposal")


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=20),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_row_is_there_once(rows: list[tuple[str, str, str]], separator: str, code: str, newline: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=newline, quoting=csv.QUOTE_ALL)
    writer.writerow(("No", "Received", "Department"))
    writer.writerows(rows)
    mapping = parse_mapping(LOOSE, "m")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text.getvalue().encode(code))
        found = [one for one in chunks(path, mapping, Names(), size=SMALL) if not one.made]
    lines = sorted([int(line) for one in found for line in one.lines] + [row[0] for row in bad(found)])
    filled = [row for row in rows if any(row)]
    assert len(lines) == len(set(lines)) == len(filled) == sum(one.read for one in found)


@given(st.text(max_size=300))
def test_any_text_is_a_mapping_or_a_sentence(text: str) -> None:
    for one in (text, LOOSE + text, LOOSE + "  subject: " + text):
        try:
            parse_mapping(one, "m")
        except MappingProblem as problem:
            say(problem)


WORDS = st.sampled_from(
    ["", "a", "iso", "%d/%m/%Y", "text", "1", "yes", "closed", "Asia/Karachi", "No", "case", "event"]
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=5
)
FIELD = st.one_of(
    VALUES,
    st.dictionaries(
        st.sampled_from(["column", "columns", "constant", "format", "id", "values", "otherwise", "empty"]), VALUES
    ),
)


@given(
    st.fixed_dictionaries(
        {"columns": st.dictionaries(st.sampled_from(sorted(ASKED["case"])), FIELD)},
        optional={
            "rows": WORDS,
            "namespace": VALUES,
            "time_zone": VALUES,
            "make": VALUES,
            "file": st.dictionaries(st.sampled_from(["encoding", "separator", "sheet", "header_line"]), VALUES),
        },
    )
)
def test_a_mapping_of_known_keys_is_one_or_a_sentence(words: dict[str, object]) -> None:
    base = {"id": "No", "received_at": "Received", "department": "Department", "category": "Department"}
    for one in (words, {**words, "columns": {**base, **words["columns"]}}):  # type: ignore[dict-item]
        try:
            mapping = parse_mapping(yaml.safe_dump(one, allow_unicode=True), "m")
        except MappingProblem as problem:
            say(problem)
            continue
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.csv"
            path.write_text("No,Received,Department\n1,2024-01-01,a\nx,,\n", encoding="utf-8")
            outcome(path, mapping)
