"""Mappings proposed for exports: what is recognised, what is doubted, and that each can be used as it is."""

from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.intake.canonical import EVENT_KINDS
from data_access.intake.files import FileProblem
from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping_file import load_mapping, parse_mapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.propose import propose
from tests.data_access.intake.foreign.reading import put
from tools.exports import write_helpdesk, write_nyc


@pytest.mark.parametrize("name", ["nyc_311", "helpdesk"])
def test_the_examples_are_recognised(tmp_path: Path, name: str) -> None:
    path = (write_nyc if name == "nyc_311" else write_helpdesk)(tmp_path / "a.csv", 300)
    proposed, ours = parse_mapping(propose(path), "p"), load_mapping(Path(name))
    for field in ("id", "received_at", "closed_at", "due_on", "category", "district", "status", "office", "satisfied"):
        if field in ours.fields:
            assert proposed.fields[field].columns == ours.fields[field].columns, field
            assert set(proposed.fields[field].formats) <= set(ours.fields[field].formats), field
    assert proposed.fields["id"].id == ours.fields["id"].id
    refused = [one for one in chunks(path, proposed, Names()) if one.unreadable is not None]
    assert not refused


def test_urdu_headers(tmp_path: Path) -> None:
    path = put(tmp_path, "شکایت نمبر,تاریخ اندراج,محکمہ,ضلع,نوعیت,حالت\n7,01/02/2024,صحت,لاہور,پانی,زیر التوا\n")
    mapping = parse_mapping(propose(path), "p")
    columns = {key: one.columns[0] for key, one in mapping.fields.items() if one.columns}
    assert columns == {
        "id": "شکایت نمبر",
        "received_at": "تاریخ اندراج",
        "department": "محکمہ",
        "district": "ضلع",
        "category": "نوعیت",
        "status": "حالت",
    }
    assert mapping.fields["status"].values == {"زیر التوا": "open"}


def test_doubts_are_said(tmp_path: Path) -> None:
    path = put(tmp_path, "Ticket,Opened,Status,Odd: column\nA,01/02/2024,Weird,x\nB,03/02/2024,Done,#y\n")
    text = propose(path)
    assert 'received_at: {column: Opened, format: "%d/%m/%Y"}   # ? day first, or month first?' in text
    assert "? what does it mean? empty says nothing" in text
    assert "without it, rows whose status says closed are refused" in text
    assert "#   Odd: column" in text
    parse_mapping(text, "p")


def test_events_are_told_from_complaints(tmp_path: Path) -> None:
    rows = [f"1,2024-01-0{day},{kind},Desk" for day, kind in enumerate(EVENT_KINDS, start=1)]
    mapping = parse_mapping(propose(put(tmp_path, "\n".join(["Case ID,Timestamp,Action,Office", *rows]))), "p")
    assert mapping.rows == "event"
    assert mapping.fields["kind"].values == {kind: kind for kind in EVENT_KINDS}


@pytest.mark.parametrize(
    "content",
    ["x\n1\n", "a,b\n", "Rating,Reopened\n5,2024-01-01\n", '"a\nb","",null,~,"{x: 1}",1,yes\n' + ",".join("abcdefg")],
)
def test_any_file_with_a_header_gets_a_mapping_that_can_be_loaded(tmp_path: Path, content: str) -> None:
    path = put(tmp_path, content)
    mapping = parse_mapping(propose(path), "p")
    assert sum(one.read for one in chunks(path, mapping, Names())) == content.count("\n") - 1 or content.startswith('"')


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, "Ticket,Opened,[bold]پانی[/bold]\nA,2024-01-01," + "x" * 200 + "\n")
    assert main(["mapping", str(path)]) == 0
    assert capsys.readouterr().out == propose(path)
    assert main(["mapping", str(tmp_path / "gone.csv")]) == 2
    with pytest.raises(FileProblem):
        propose(tmp_path / "gone.csv")
