"""Rows of exports as rows of ours: times, statuses, names, values; and what is refused, with its reason."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet
import pytest

from data_access.intake.files import FileProblem
from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.names import Named, Names
from tests.data_access.intake.foreign.reading import HEAD, bad, cells, made, mapped, put, refusals

STATUS = {
    "status": "{column: Status, values: {open: open, done: closed, again: reopened, '': ''}}",
    "closed_at": "Closed",
    "reopened_at": "Again",
    "outcome": "{constant: unstated}",
}


def table(*rows: str, header: str = "No,Received,Department") -> str:
    """A file of these rows."""
    return "\n".join([header, *rows]) + "\n"


def test_a_row_is_what_the_mapping_says(tmp_path: Path) -> None:
    path = put(tmp_path, table("A-1,2024-01-31 09:30, Works ,Road,Hole", header="No,Received,Department,Kind,What"))
    found = mapped(path, subject="{columns: [Kind, What]}", channel="{constant: letter}", category="Kind")
    row = found[-1].table.to_pylist()[0]
    assert row.pop("id") > 0
    assert row == {
        "received_at": datetime(2024, 1, 31, 9, 30),
        "category": "road",
        "district": None,
        "channel": "letter",
        "subject": "Road – Hole",
        "office": "complaints-in-works-in-sindh",
    }
    assert found[-1].lines.tolist() == [2]
    assert found[-1].original is not None
    assert found[-1].original.to_pylist()[0]["Department"] == " Works "


def test_what_is_made_comes_before_the_rows_and_is_counted_by_nobody(tmp_path: Path) -> None:
    path = put(tmp_path, table("1,2024-01-01,Works", "2,2024-01-01,works", "3,2024-01-01,محکمہ صحت"))
    found = mapped(path, government="{constant: Neverland}", district="{constant: Hook}")
    assert [one.kind.name for one in found if one.made or len(one.lines)] == [
        "government",
        "district",
        "department",
        "category",
        "office",
        "case",
    ]
    names = list(made(found))
    assert ("department", "works-in-neverland", "Works") in names
    assert ("office", "complaints-in-works-in-neverland", "Complaints of Works") in names
    assert ("district", "hook-in-neverland", "Hook") in names
    assert sum(one.read for one in found) == 3
    offices = cells(found, "office")
    assert offices[0] == offices[1] != offices[2]


def test_what_is_known_is_found_by_slug_name_and_alias(tmp_path: Path) -> None:
    header = "No,Received,Department,Where"
    rows = [
        "1,2024-01-01,a,Karachi South",
        "2,2024-01-01,a,karachi-south",
        "3,2024-01-01,a,کراچی جنوبی",
        "4,2024-01-01,a,",
    ]
    found = mapped(put(tmp_path, table(*rows, header=header)), district="Where")
    assert cells(found, "district") == ["karachi-south"] * 3 + [None]
    assert not [kind for kind, *_ in made(found) if kind == "district"]


def test_districts_of_another_government_are_not_ours(tmp_path: Path) -> None:
    path = put(tmp_path, table("1,2024-01-01,a"))
    found = mapped(path, district="{constant: Hyderabad}", district_government="{constant: Telangana}")
    assert cells(found, "district") == ["hyderabad-in-telangana"]


def test_the_same_name_below_two_parents_is_two_things(tmp_path: Path) -> None:
    header = "No,Received,Department,Province,Kind,Sort"
    rows = ["1,2024-01-01,Works,Sindh,Noise,Other", "2,2024-01-01,Works,Punjab,Water,Other", "3,2024-01-01,Works,,,x"]
    fields = {"government": "Province", "category": "Kind", "subcategory": "Sort"}
    found = mapped(put(tmp_path, table(*rows, header=header)), **fields)
    assert cells(found, "category") == ["other-in-noise", "other-in-water"]
    assert cells(found, "office") == ["complaints-in-works-in-sindh", "complaints-in-works-in-punjab"]
    reason = "names no department that is known, and none can be made without its government"
    assert bad(found) == [(4, "Department", "Works", reason)]


def test_a_name_that_is_not_known_and_may_not_be_made(tmp_path: Path) -> None:
    path = put(tmp_path, table("1,2024-01-01,Works", "2,2024-01-01,"))
    found = mapped(path, head=HEAD.replace("department, ", ""))
    reason = "names no department that is known; the mapping may make it (make: [department])"
    assert bad(found) == [(2, "Department", "Works", reason)]
    assert cells(found, "office") == [None]  # the door says that it is empty


def test_a_slug_that_is_taken_by_something_else_gets_a_mark() -> None:
    names = Names([Named("department", "works-in-sindh", ("Old Works",), "punjab")])
    slug = names.make("department", "Works", "sindh")
    assert slug is not None
    assert slug.startswith("works-in-sindh-")
    assert names.find("department", "WORKS", "sindh") == slug


@pytest.mark.parametrize(
    ("status", "closed", "again", "reason"),
    [
        ("open", "", "", None),
        ("done", "2024-01-02", "", None),
        ("again", "2024-01-02", "2024-01-03", None),
        ("open", "2024-01-02", "2024-01-03", None),
        ("again", "", "", None),
        ("", "2024-01-02", "", None),
        ("DONE ", "2024-01-02", "", None),
        ("open", "2024-01-02", "", "says that the complaint is open, but a day of closing is there"),
        ("done", "", "", "says that the complaint is closed, but no day of closing is there"),
        ("done", "2024-01-02", "2024-01-03", "says that the complaint is closed, but it was reopened after"),
        ("again", "2024-01-02", "", "says that the complaint was reopened, but a day of closing is there and none"),
        ("lost", "", "", "is not among the values that the mapping translates"),
    ],
)
def test_a_status_that_contradicts_its_days_is_refused(
    tmp_path: Path, status: str, closed: str, again: str, reason: str | None
) -> None:
    header = "No,Received,Department,Status,Closed,Again"
    path = put(tmp_path, table(f"1,2024-01-01,a,{status},{closed},{again}", header=header))
    found = mapped(path, **STATUS)
    if reason is None:
        assert bad(found) == []
        assert cells(found, "outcome") == ["unstated" if closed else None]
    else:
        (line, column, value, why), *more = bad(found)
        assert (line, column, value, more) == (2, "Status", status, [])
        assert why.startswith(reason)
    assert sum(one.read for one in found) == 1


def test_days_without_a_time_are_no_earlier_than_what_came_before(tmp_path: Path) -> None:
    header = "No,Received,Department,Closed,Rated"
    rows = ["1,2024-01-01T14:00,a,2024-01-01,2024-01-01", "2,2024-01-02T14:00,a,2024-01-01,"]
    fields = {"closed_at": "Closed", "feedback_at": "Rated"}
    found = mapped(put(tmp_path, table(*rows, header=header)), **fields)
    assert cells(found, "closed_at") == [datetime(2024, 1, 1, 14), datetime(2024, 1, 1)]
    assert cells(found, "feedback_at") == [datetime(2024, 1, 1, 14), None]


def test_a_due_day_ends_where_the_export_was_written(tmp_path: Path) -> None:
    header = "No,Received,Department,Due"
    path = put(tmp_path, table("1,2024-01-01,a,2024-01-05", "2,2024-01-01,a,2024-01-05 08:00", header=header))
    assert cells(mapped(path, due_on="Due"), "due_on") == [date(2024, 1, 5)] * 2
    head = "time_zone: America/New_York\n" + HEAD
    assert cells(mapped(path, head, due_on="Due"), "due_on") == [date(2024, 1, 6), date(2024, 1, 5)]


def test_the_first_fault_of_a_row_counts_and_the_row_stands_as_it_was(tmp_path: Path) -> None:
    path = put(tmp_path, 'No;Received;Department\nx;never;"a;b"\n2;2024-01-01;c\n')
    found = mapped(path, id="{column: No, id: number}")
    rows = [row for one in found for row in refusals(one.unreadable)]
    assert [row[1:3] for row in rows] == [("No", "x")]
    assert rows[0][4] == 'x;never;"a;b"'
    assert cells(found, "id") == [2]
    assert not any("b" in slug.split("-") for _, slug, _ in made(found))  # nothing is made for rows that are refused


def test_events(tmp_path: Path) -> None:
    header = "Case,When,What,Desk,Rating"
    rows = ["1,2024-01-01,in,Desk 1,", "1,2024-01-02,out,,", "1,2024-01-03,rated,,5", "1,2024-01-03,lost,,"]
    head = "rows: event\nmake: [department, office]\ncolumns:\n"
    fields = {
        "id": "",
        "received_at": "",
        "category": "",
        "complaint": "Case",
        "happened_at": "When",
        "kind": "{column: What, values: {in: received, out: closed, rated: feedback}}",
        "department": "{constant: Helpdesk}",
        "office": "Desk",
        "outcome": "{constant: unstated}",
        "satisfied": "{column: Rating, values: {5: true, 1: false}}",
    }
    found = mapped(put(tmp_path, table(*rows, header=header)), head, **fields)
    assert found[-1].kind.name == "event"
    assert cells(found, "kind") == ["received", "closed", "feedback"]
    assert cells(found, "outcome") == [None, "unstated", None]
    assert cells(found, "satisfied") == [None, None, "true"]
    assert cells(found, "office")[0] == "desk-1-in-helpdesk-in-sindh"
    assert [row[:3] for row in bad(found)] == [(5, "What", "lost")]


def test_workbooks_parquet_and_json_say_the_same_as_text(tmp_path: Path) -> None:
    when = datetime(2024, 1, 31, 9, 30)
    rows: list[dict[str, Any]] = [
        {"No": "7", "Received": when, "Department": "محکمہ"},
        {"No": "8", "Received": None, "Department": "b"},
    ]
    text = "".join(f"{row['No']},{row['Received'] or ''},{row['Department']}\n" for row in rows)
    put(tmp_path, "No,Received,Department\n" + text, "a.csv")
    lines = "".join(json.dumps(row, default=str) + "\n" for row in rows)
    put(tmp_path, lines, "a.jsonl")
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    typed = pa.table({"No": [7.0, 8.0], "Received": [when, None], "Department": ["محکمہ", "b"]})
    pyarrow.parquet.write_table(typed, tmp_path / "b.parquet")
    book = openpyxl.Workbook()
    for row in (["No", "Received", "Department"], [7, when, "محکمہ"], [8, None, "b"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    expected = mapped(tmp_path / "a.csv", received_at="{column: Received, format: [excel, iso]}")
    for name in ("a.jsonl", "a.parquet", "b.parquet", "a.xlsx"):
        found = mapped(
            tmp_path / name, received_at="{column: Received, format: excel}" if name != "a.jsonl" else "Received"
        )
        assert [one.table.to_pylist() for one in found[1:]] == [one.table.to_pylist() for one in expected[1:]], name


def test_files_of_ours_come_in_chunks_too(tmp_path: Path) -> None:
    path = put(tmp_path, "\ufeffslug;name;government\nworks;محکمہ;sindh\nbad\n")
    told: list[tuple[float, int]] = []
    found = list(chunks(path, at=lambda share, rows: told.append((share, rows))))
    assert {one.kind.name for one in found} == {"department"}
    assert [row for one in found for row in one.table.to_pylist()] == [
        {"slug": "works", "name": "محکمہ", "government": "sindh"}
    ]
    assert [row[0] for row in bad(found)] == [3]
    assert told[-1] == (1.0, 2)


def test_a_file_of_others_without_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"python -m data_access mapping rows.csv proposes one"):
        list(chunks(put(tmp_path, "Ticket,Opened\n1,2\n")))


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        FileProblem, match=r"has no column Wo, which the mapping test.yaml asks for; it has No, Received"
    ):
        mapped(put(tmp_path, table()), subject="Wo")
