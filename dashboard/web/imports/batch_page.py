"""/admin/imports/<number>: one batch, the rows that it refused, and rolling it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from dashboard.files.csv import MIME
from dashboard.files.rejects import rejects_xlsx
from dashboard.files.worklist_xlsx import MIME as XLSX
from dashboard.web.accounts.administration import for_administrators
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.guard import current_scope
from dashboard.web.imports.desk import NO_BATCH, ImportDesk, address_of
from dashboard.web.imports.page import BUSY, SHOWN, line_of
from dashboard.web.imports.works import Busy
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.batches import all_rejects, rejects_of, restated_days
from data_access.intake.rollback import newest_undoable
from data_access.rejects import Reject, rejects_csv

TRIAL: Final = "trial"
"""Stands in the place of a number for the trial that was made last."""
NOT_UNDOABLE: Final = marked(
    "This batch cannot be rolled back: only the newest one that brought something can be, and none twice."
)


@dataclass(frozen=True)
class BatchPage:
    """The pages and files of a batch."""

    desk: ImportDesk

    def show(self, number: str) -> Response:
        """The batch, and the first rows that it refused."""
        batch, language = self.desk.batch(number), DEFAULT_LANGUAGE
        with self.desk.admin.database.snapshot() as connection:
            undoable = newest_undoable(connection)
            rejects = rejects_of(connection, batch.number, most=SHOWN)
            restated = restated_days(connection, batch.number)
        return self.desk.admin.pages.within(
            "admin_import_batch.html",
            current_scope(),
            IMPORTS_PAGE,
            batch=line_of(batch, undoable, language),
            version=count(batch.version, language) if batch.version is not None else "–",
            restated=count(restated, language),
            rejects=rejects,
            files=address_of(batch.number),
        )

    def csv(self, number: str) -> Response:
        """All rows that it refused."""
        name, rejects = self._rejects(number, "csv")
        return _file(Response(rejects_csv(rejects), content_type=MIME), f"{name}.csv")

    def xlsx(self, number: str) -> Response:
        """The same as a workbook."""
        name, rejects = self._rejects(number, "xlsx")
        return _file(Response(rejects_xlsx(rejects, DEFAULT_LANGUAGE), content_type=XLSX), f"{name}.xlsx")

    def ask(self, number: str, trouble: str = "", status: int = 200) -> Response:
        """What rolling back would do, and a button that does it."""
        batch, language = self.desk.batch(number), DEFAULT_LANGUAGE
        with self.desk.admin.database.snapshot() as connection:
            undoable = newest_undoable(connection)
        fits = batch.number == undoable
        return self.desk.admin.pages.within(
            "admin_import_undo.html",
            current_scope(),
            IMPORTS_PAGE,
            status if fits else 409,
            trouble=trouble if fits else say(NOT_UNDOABLE, language),
            batch=line_of(batch, undoable, language),
        )

    def roll_back(self, number: str) -> ResponseReturnValue:
        """Begin to roll it back, or say why not."""
        batch = self.desk.batch(number)
        with self.desk.admin.database.snapshot() as connection:
            fits = newest_undoable(connection) == batch.number
        if not fits:
            return self.ask(number)
        try:
            self.desk.begin_rollback(batch.number, current_scope().account)
        except Busy:
            return self.ask(number, say(BUSY, DEFAULT_LANGUAGE), 409)
        return redirect(IMPORTS_PAGE, 303)

    def _rejects(self, number: str, kind: str) -> tuple[str, Iterable[Reject]]:
        """What a file of them is called, and the rows. Taking them is noted: they hold what stood in the files."""
        if number == TRIAL:
            work = self.desk.works.latest()
            if work is None or work.outcome is None or not work.outcome.rejects:
                raise NotFound(say(NO_BATCH, DEFAULT_LANGUAGE))
            name, rows, found = "trial", len(work.outcome.rejects), iter(work.outcome.rejects)
        else:
            batch = self.desk.batch(number)
            name, rows = f"batch-{batch.number}", batch.rejected
            found = all_rejects(self.desk.admin.database, batch.number)
        self.desk.admin.witness.note("export", f"rejects of {name}", detail={"rows": rows, "kind": kind})
        return f"jawabdeh-rejects-{name}", found


def batch_pages(desk: ImportDesk) -> Blueprint:
    """The routes."""
    blueprint, page = for_administrators("import_batches"), BatchPage(desk)
    blueprint.get(f"{IMPORTS_PAGE}/<number>")(page.show)
    blueprint.get(f"{IMPORTS_PAGE}/<number>/rejects.csv")(page.csv)
    blueprint.get(f"{IMPORTS_PAGE}/<number>/rejects.xlsx")(page.xlsx)
    blueprint.get(f"{IMPORTS_PAGE}/<number>/roll-back")(page.ask)
    blueprint.post(f"{IMPORTS_PAGE}/<number>/roll-back")(page.roll_back)
    return blueprint


def _file(reply: Response, name: str) -> Response:
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
