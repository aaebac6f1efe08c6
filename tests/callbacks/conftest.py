"""The small database of `tests.app.small`, and its directory."""

from collections.abc import Iterator

import pytest

from data_access.database import Database
from data_access.directory import Directory
from tests.app.small import bare, own, reads_all, small

__all__ = ["bare", "directory", "own", "small"]


@pytest.fixture(scope="module")
def directory(small: Database) -> Iterator[Directory]:
    """Eight governments, 158 districts; in each of four governments a department of works with an office and a desk."""
    with reads_all(small).snapshot() as snapshot:
        yield snapshot.directory
