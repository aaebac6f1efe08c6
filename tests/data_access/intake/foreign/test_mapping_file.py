"""What a mapping may say, and the sentence for each thing it may not."""

from pathlib import Path

import pytest

from data_access.intake.foreign.mapping import MappingProblem
from data_access.intake.foreign.mapping_file import EXAMPLES, load_mapping, parse_mapping
from data_access.origin import Origin

GOOD = """
rows: case
namespace: test
file: {encoding: windows-1256, separator: tab, sheet: Data, header_line: 3}
time_zone: Europe/Berlin
make: [department, office]
place: Berlin
source: Ordnungsamt online
columns:
  id: {column: No, id: text}
  received_at: {column: In, format: ["%d/%m/%Y %H:%M", excel]}
  category: {columns: [Type, Sort]}
  department: Department
  satisfied: {column: Yes, values: {No: "false", 1: true, "": ""}, otherwise: null}
  closed_at: Out
"""


def test_all_that_can_be_said() -> None:
    mapping = parse_mapping(GOOD, "m.yaml")
    assert (mapping.rows, mapping.namespace, mapping.zone) == ("case", "test", "Europe/Berlin")
    assert (mapping.layout.encoding, mapping.layout.separator, mapping.layout.header_line) == ("cp1256", "\t", 3)
    assert mapping.make == {"department", "office"}
    assert mapping.told == Origin("Berlin", "Ordnungsamt online")
    assert mapping.columns == {"No", "In", "Type", "Sort", "Department", "Yes", "Out"}
    assert mapping.fields["received_at"].formats == ("%d/%m/%Y %H:%M", "excel")
    assert mapping.fields["closed_at"].formats == ("iso",)
    # Words stay words, whatever YAML makes of them elsewhere.
    assert mapping.fields["satisfied"].values == {"no": "false", "1": "true", "": ""}
    assert mapping.fields["satisfied"].otherwise == ""


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_examples_are_known_by_name(name: str) -> None:
    assert load_mapping(Path(name)).name == f"{name}.yaml"


FAULTS = [
    ("", "", "has no keys"),
    ("rows: case", "rowz: case", "rowz is no key of a mapping; did you mean rows?"),
    ("rows: case", "rows: cases", "rows is cases; it can be case (a row is a complaint) or event"),
    ("rows: case", "rows: case\nrows: event", "has rows twice, on line 3"),
    ("sheet: Data", "sheets: Data", "file.sheets is no key of a mapping; did you mean file.sheet?"),
    ("windows-1256", "klingon", "file.encoding is klingon, which is none"),
    ("separator: tab", "separator: ab", "file.separator is ab; it is one sign"),
    ("header_line: 3", "header_line: x", "file.header_line is x; it is the number of a line"),
    ("Europe/Berlin", "Berlin", "time_zone is Berlin, which is no time zone"),
    ("Europe/Berlin", "", "time_zone is empty"),
    ("place: Berlin", "place: [Berlin]", "place holds more than one word"),
    ("Ordnungsamt online", "x" * 61, "source is not one line of at most 60 letters; shorten it"),
    ("[department, office]", "[officer]", "make has officer, which cannot be made"),
    ("namespace: test", "", "namespace is missing, but ids are text"),
    ("  department: Department", "  departmet: Department", "did you mean columns.department?"),
    ("  department: Department", "", "columns has neither office nor department"),
    ("  category: {columns: [Type, Sort]}", "", "columns.category is missing; every row must have it"),
    ("  closed_at: Out", "", "columns.satisfied needs columns.closed_at"),
    ("id: text", "id: words", "columns.id.id can be number or text"),
    ("{column: No, id: text}", "{constant: 1}", "columns.id must be a column"),
    ("{column: No, id: text}", "{colum: No}", "columns.id.colum is no key of a column; did you mean column?"),
    ("{column: No, id: text}", "{column: No, constant: 1}", "must have one of column, columns and constant; it has 2"),
    ("{column: No, id: text}", "[No]", "columns.id is a list; write columns: below it"),
    ("{column: No, id: text}", "{column: [No, On]}", "columns.id.column names several columns"),
    ("{column: No, id: text}", "{column: ''}", "columns.id.column names no column"),
    ("{column: No, id: text}", "{column: No, values: {a: 1}}", "columns.id is a number, which nothing translates"),
    ("%d/%m/%Y %H:%M", "%d/%m", "columns.received_at.format is %d/%m, which tells no whole day"),
    ("%d/%m/%Y %H:%M", "days", "columns.received_at.format is days"),
    ("Department\n", "{column: D, format: iso}\n", "columns.department.format stands only below times"),
    ('"false"', "maybe", "columns.satisfied leads to maybe; it can lead to true, false"),
    ('"false"', "[a]", "columns.satisfied.values.No leads to more than one word"),
    ('"false"', '"false", no: "true"', "columns.satisfied.values has no twice: capitals and blanks do not count"),
    ("otherwise: null", "otherwise: [a]", "columns.satisfied.otherwise holds more than one word"),
    ("{columns: [Type, Sort]}", "{constant: ''}", "columns.category.constant is not one word"),
    ("  closed_at: Out", "  closed_at: {", "is no YAML that can be read on line"),
    ("  closed_at: Out", "  closed_at: *there", "is no YAML that can be read"),
    ("  closed_at: Out", "  [1, 2]: Out", "has a key on line 15 that is no word"),
    ("  closed_at: Out", "  closed_at: &x Out\n  told_at: *x", "uses * for what stands elsewhere"),
]


@pytest.mark.parametrize(("old", "new", "words"), FAULTS)
def test_what_cannot_be_followed_is_said_with_its_key(old: str, new: str, words: str) -> None:
    text = GOOD.replace(old, new, 1) if old else new
    assert not old or old in GOOD
    with pytest.raises(MappingProblem) as problem:
        parse_mapping(text, "m.yaml")
    assert words in str(problem.value)
    assert str(problem.value).startswith("m.yaml")
    assert "\n" not in str(problem.value)


def test_a_mapping_that_is_not_there_names_the_examples(tmp_path: Path) -> None:
    with pytest.raises(MappingProblem, match=r"cannot be read .*; name a file, or an example: helpdesk, nyc_311"):
        load_mapping(tmp_path / "gone.yaml")
    with pytest.raises(MappingProblem, match="cannot be read"):
        load_mapping(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"rows: \xff")
    with pytest.raises(MappingProblem, match="is not text in UTF-8"):
        load_mapping(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    "text", ["[" * 5000, "a: " * 3000, "x: " + "{a: " * 50 + "1" + "}" * 50, "a: b\n" * 300_000], ids=range(4)
)
def test_what_is_too_deep_or_too_long(text: str) -> None:
    with pytest.raises(MappingProblem):
        parse_mapping(text, "m.yaml")
