"""The small database of `tests.app.small`, and the answers to every panel over it."""

import pytest

from dashboard.panels.answer import Answer, Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from tests.app.small import bare, example, own, reads_all, small

__all__ = ["answers", "bare", "own", "small"]


@pytest.fixture(scope="module")
def answers(small: Database) -> dict[str, Answer]:
    """By the panel's name."""
    return {name: Answers().answer(panel, reads_all(small), example(panel)) for name, panel in PANELS.items()}
