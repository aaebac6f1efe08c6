"""The small database of `tests.app.small`, and the answers to every panel over it."""

import pytest

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from tests.app.small import bare, example, make, own, reads_all, small

__all__ = ["answers", "bare", "own", "small"]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """By the panel's name, asked once by each process; nobody may change an answer."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('answers') / 'small.duckdb'}")
    everything = reads_all(database)
    found = {name: Answers().answer(panel, everything, example(panel)) for name, panel in PANELS.items()}
    database.close()
    return found
