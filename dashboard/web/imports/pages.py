"""All that imports have in the server: their pages, the folder that files come into, and what is under way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import Blueprint, Flask

from dashboard.web.accounts.administration import Administration
from dashboard.web.imports.batch_page import batch_pages
from dashboard.web.imports.desk import ImportDesk
from dashboard.web.imports.page import imports_page
from dashboard.web.imports.uploads import UPLOADS
from dashboard.web.imports.works import Works
from data_access.intake.board import Board

WORKS: Final = "jawabdeh-works"
"""Under which the server has what is under way."""


def import_pages(server: Flask, admin: Administration, gone: tuple[type[Exception], ...]) -> list[Blueprint]:
    """One blueprint each. `gone` are the errors that say that the database is out of reach."""
    board = Board(admin.database) if admin.database.dialect == "postgresql" else None
    works = server.extensions[WORKS] = Works(gone, board)
    desk = ImportDesk(admin, works, server.extensions[UPLOADS])
    return [imports_page(desk), batch_pages(desk)]


def count_imports(server: Flask, changed: Callable[[int], None]) -> None:
    """Tell how many are under way, whenever that changes."""
    server.extensions[WORKS].changed = changed


def stop_imports(server: Flask) -> None:
    """Stop what is under way, and do not wait for it."""
    server.extensions[WORKS].stop()


@contextmanager
def ending_imports(server: Flask) -> Iterator[None]:
    """Stop what is under way when the block is left: nothing of it lands, and nothing holds the database any more."""
    try:
        yield
    finally:
        server.extensions[WORKS].close()
