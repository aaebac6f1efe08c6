"""Whose complaints the database holds: Pakistan's, unless a mapping says otherwise."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from data_access import origin
from data_access.database import Database
from data_access.intake.foreign.mapping_file import load_mapping
from data_access.intake.imports import Asked, bring
from data_access.intake.progress import Progress
from data_access.origin import OURS, UNTOLD, Origin, Origins, read_origin, write_origin
from tests.data_access.tiny import everything
from tools.exports import write_nyc

THEIRS = Origin("New York City", "NYC 311")


def known(database: Database) -> Origin:
    with database.snapshot() as connection:
        return read_origin(connection)


def test_it_is_ours_until_something_else_is_told(filled: Database) -> None:
    origins = Origins(filled)
    assert known(filled) == origins.now() == everything(filled).state().origin == OURS
    with filled.writer() as connection:
        write_origin(connection, UNTOLD)
    assert known(filled) == OURS
    with filled.writer() as connection:
        write_origin(connection, Origin(source="A helpdesk"))
    assert known(filled) == origins.now() == everything(filled).state().origin == Origin("Pakistan", "A helpdesk")


def test_an_import_tells_it_and_a_trial_does_not(filled: Database, tmp_path: Path) -> None:
    files, mapping = [write_nyc(tmp_path / "nyc.csv", 20)], load_mapping(Path("nyc_311"))
    bring(filled, Asked(files, mapping, keep=False), Progress([1]))
    assert known(filled) == OURS
    bring(filled, Asked(files, mapping), Progress([1]))
    assert known(filled) == everything(filled).state().origin == THEIRS


def test_a_database_that_does_not_answer_leaves_it_as_it_was(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled.writer() as connection:
        write_origin(connection, Origin("New York City", "NYC 311"))
    origins = Origins(filled)
    assert origins.now() == THEIRS

    def gone(_connection: object) -> Origin:
        raise OperationalError("", {}, Exception(str(datetime.max)))

    monkeypatch.setattr(origin, "read_origin", gone)
    filled.written.more()
    assert origins.now() == THEIRS
