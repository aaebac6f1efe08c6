"""Files of ours are known by their header; files of rows that were refused hold no formula."""

from pathlib import Path

import pandas as pd
import pytest

from data_access.intake.canonical import KINDS, ONLY_MADE
from data_access.intake.files import FileProblem, kind_of, write_rejects
from data_access.rejects import Reject


def test_every_kind_is_known_by_its_header() -> None:
    for kind in (kind for kind in KINDS if kind.name not in ONLY_MADE):
        every = [column.name for column in kind.columns]
        assert kind_of(Path("x"), every) is kind
        assert kind_of(Path("x"), sorted(kind.required)) is kind


def test_rejects_hold_no_formula(tmp_path: Path) -> None:
    values = ["=1+1", "+1", "-1", "@x", "\tx", "\nx", "plain", "اردو", None, 'a,"b"']
    rows = [Reject(place, "=x.csv", 2, "name", value, "is not it", value) for place, value in enumerate(values, 1)]
    write_rejects(tmp_path / "r.csv", rows)
    back = pd.read_csv(tmp_path / "r.csv", keep_default_na=False)
    assert list(back.columns) == ["file", "line", "column", "value", "reason", "original"]
    assert list(back["original"]) == list(back["value"])
    assert list(back["value"]) == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\nx", "plain", "اردو", "", 'a,"b"']
    assert set(back["file"]) == {"'=x.csv"}


def test_rejects_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="The rejected rows cannot be written to"):
        write_rejects(tmp_path / "gone" / "r.csv", [Reject(1, "f", 1, "c", "v", "r", "o")])
