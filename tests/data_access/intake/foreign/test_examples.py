"""The two examples on invented exports; how much is read at a time changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping_file import load_mapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.parts import Size
from data_access.intake.validate import RawRows
from tests.data_access.intake.foreign.reading import refusals
from tools.exports import helpdesk_rows, nyc_rows, write_helpdesk, write_nyc
from tools.measure_exports import known

COUNT = 500


def flat(found: list[RawRows]) -> tuple[Any, ...]:
    """All that chunks say, however they are cut."""
    rows = [
        (int(n), row) for one in found if not one.made for n, row in zip(one.lines, one.table.to_pylist(), strict=True)
    ]
    originals = [row for one in found if one.original is not None for row in one.original.to_pylist()]
    names = sorted(
        (one.kind.name, row["slug"], *sorted(row.items())) for one in found if one.made for row in one.table.to_pylist()
    )
    return rows, originals, sorted(row for one in found for row in refusals(one.unreadable)), names


@pytest.mark.parametrize("size", [Size(4096, 1000), Size(9000, 17), Size(1 << 20, 100)])
@pytest.mark.parametrize("name", ["nyc_311", "helpdesk"])
def test_every_row_comes_once_however_it_is_cut(tmp_path: Path, name: str, size: Size) -> None:
    path = (write_nyc if name == "nyc_311" else write_helpdesk)(tmp_path / "a.csv", COUNT)
    mapping = load_mapping(Path(name))
    whole = list(chunks(path, mapping, Names(known())))
    assert sum(one.read for one in whole) == COUNT
    assert not [one for one in whole if one.unreadable is not None]
    assert flat(list(chunks(path, mapping, Names(known()), size=size))) == flat(whole)


def test_new_york(tmp_path: Path) -> None:
    path = write_nyc(tmp_path / "a.csv", COUNT)
    found = list(chunks(path, load_mapping(Path("nyc_311")), Names(known())))
    rows, originals, _, names = flat(found)
    assert len(originals) == COUNT
    given = list(nyc_rows(COUNT))
    assert [row["id"] for _, row in rows] == [int(row[0]) for row in given]
    assert [bool(row["closed_at"]) for _, row in rows] == [bool(row[2]) for row in given]
    assert {row["outcome"] for _, row in rows} == {"unstated", None}
    assert {row["district"] for _, row in rows} >= {"queens-in-new-york-city", None}
    assert {kind for kind, *_ in names} == {"government", "district", "department", "category", "office"}
    assert sum(kind == "district" for kind, *_ in names) == 5


def test_the_helpdesk(tmp_path: Path) -> None:
    path = write_helpdesk(tmp_path / "a.csv", COUNT)
    found = list(chunks(path, load_mapping(Path("helpdesk")), Names(known())))
    rows, _, _, names = flat(found)
    given = list(helpdesk_rows(COUNT))
    assert [row["subject"] for _, row in rows] == [row[7] for row in given]
    assert len({row["id"] for _, row in rows}) == COUNT
    assert {row["outcome"] for _, row in rows} == {"relief", "partial", "refused", "unstated", None}
    assert all(
        row["satisfied"] == {"": None, "4": "true", "5": "true"}.get(told[6], "false")
        for (_, row), told in zip(rows, given, strict=True)
    )
    assert {row["district"] for _, row in rows} == {"lahore", "karachi-south", "peshawar", None}
    assert {kind for kind, *_ in names} == {"department", "category", "office"}


def test_a_batch_of_several_files_makes_names_once(tmp_path: Path) -> None:
    names, mapping = Names(known()), load_mapping(Path("helpdesk"))
    first = list(chunks(write_helpdesk(tmp_path / "a.csv", COUNT), mapping, names))
    second = list(chunks(write_helpdesk(tmp_path / "b.csv", COUNT, seed=2), mapping, names))
    assert any(one.made for one in first)
    assert not any(one.made for one in second)
