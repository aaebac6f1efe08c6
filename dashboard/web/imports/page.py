"""/admin/imports: a form that files are sent with, how far an import is, and all batches."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import for_administrators
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.guard import current_scope
from dashboard.web.imports.desk import ImportDesk, address_of
from dashboard.web.imports.mappings import EXAMPLE, OWN, examples, mapping_in
from dashboard.web.imports.receiving import sent, take
from dashboard.web.imports.works import Busy, Work
from dashboard.web.replies import as_json
from dashboard.words.dates import moment
from dashboard.words.imports import outcome_lines, progress_facts
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.batches import BatchRow, newest_batches
from data_access.intake.files import FileProblem
from data_access.intake.imports import Asked
from data_access.intake.mixing import holds_sample
from data_access.intake.rollback import newest_undoable

PROGRESS: Final = f"{IMPORTS_PAGE}/progress"
CANCEL: Final = f"{IMPORTS_PAGE}/cancel"
A_PAGE: Final = 50
SHOWN: Final = 50
"""Refused rows that stand in a page; all of them stand in the files."""
NO_FILE: Final = marked("No file was chosen; choose one or several.")
BUSY: Final = marked("Another import or rollback is under way, so nothing was begun; wait until it has ended.")
ELSEWHERE: Final = marked(
    "Another process of the server, or the command line, brings a batch just now. What is begun here waits for its end."
)
REAL: Final = marked(
    "This database holds the sample, which real data never join. If the rows are invented, say so in the form; real "
    "ones go into a database of their own."
)
TITLES: Final = {
    "import": marked("Import"),
    "trial": marked("Trial of an import"),
    "rollback": marked("Rolling back batch {source}"),
}


@dataclass(frozen=True)
class BatchLine:
    """One batch in words."""

    number: int
    address: str
    source: str
    moment: str
    counts: dict[str, str]
    state: str
    undo: str


@dataclass(frozen=True)
class ImportsPage:
    """The page."""

    desk: ImportDesk

    def show(self, trouble: str = "", status: int = 200, wrong: str = "") -> Response:
        """What is under way or became of the newest one, the form, and the batches."""
        language, database = DEFAULT_LANGUAGE, self.desk.admin.database
        before = _number(request.args.get("before", "")) if request.method == "GET" else None
        with database.snapshot() as connection:
            found = newest_batches(connection, before, A_PAGE + 1)
            undoable = newest_undoable(connection)
        older = f"{IMPORTS_PAGE}?before={found[A_PAGE - 1].number}" if len(found) > A_PAGE else ""
        work = self._work(language)
        told = work is not None and work["running"]
        return self.desk.admin.pages.within(
            "admin_imports.html",
            current_scope(),
            IMPORTS_PAGE,
            status,
            trouble=trouble,
            wrong=wrong,
            work=work,
            elsewhere=say(ELSEWHERE, language) if not told and database.is_written_elsewhere() else "",
            batches=[line_of(one, undoable, language) for one in found[:A_PAGE]],
            older=older,
            newest=IMPORTS_PAGE if before is not None else "",
            sample=holds_sample(database),
            most=self.desk.uploads.most,
            mappings=[(name, say(EXAMPLE, language, name=name)) for name in examples()],
            own=OWN,
            asked=request.form if request.method == "POST" else {},
            script=self.desk.admin.pages.url_of("imports.js"),
        )

    def _work(self, language: str) -> dict[str, Any] | None:
        work = self.desk.works.latest()
        if work is None:
            return None
        told: dict[str, Any] = {
            "number": work.number,
            "title": say(TITLES[work.kind], language, source=work.source),
            "source": "" if work.kind == "rollback" else work.source,
            "account": work.account,
            "running": work.outcome is None,
        }
        if work.outcome is None:
            return {**told, **progress_of(work, language)}
        result, rejects = work.outcome.result, work.outcome.rejects
        batch = result.batch if result and work.kind != "trial" else 0
        return {
            **told,
            "trouble": say(work.outcome.trouble, language),
            "lines": outcome_lines(work.kind, asdict(result), language) if result else [],
            "batch": address_of(batch) if batch else "",
            "rejects": rejects[:SHOWN],
            "files": f"{IMPORTS_PAGE}/trial" if rejects else "",
        }

    def do(self) -> ResponseReturnValue:
        """Begin to take the files in, or say why not."""
        form, language = request.form, DEFAULT_LANGUAGE
        files = sent("files")
        if not files:
            return self.show(say(NO_FILE, language), 400, "files")
        invented = bool(form.get("invented"))
        if holds_sample(self.desk.admin.database) and not invented:
            return self.show(say(REAL, language), 400, "invented")
        if self.desk.works.under_way() is not None:
            return self.show(say(BUSY, language), 409)
        try:
            mapping = mapping_in(form.get("mapping", ""), self.desk.uploads)
        except FileProblem as problem:
            return self.show(str(problem), 400, "mapping")
        lot = take(self.desk.uploads, files)
        asked = Asked(lot.files, mapping, invented=invented, keep=not form.get("trial"))
        try:
            self.desk.begin_import(lot, asked, current_scope().account)
        except Busy:
            return self.show(say(BUSY, language), 409)
        return redirect(IMPORTS_PAGE, 303)

    def progress(self) -> Response:
        """How far it is, for the script of the page."""
        work = self.desk.works.under_way()
        if work is None:
            return as_json({"running": False})
        return as_json({"running": True, "number": work.number, **progress_of(work, DEFAULT_LANGUAGE)})

    def cancel(self) -> ResponseReturnValue:
        """Stop what the form names, if it is still under way."""
        self.desk.works.cancel(_number(request.form.get("number", "")) or 0)
        return redirect(IMPORTS_PAGE, 303)


def progress_of(work: Work, language: str) -> dict[str, Any]:
    """The share that was read, and what is known in words."""
    progress = work.progress
    doing = say(marked("stopping"), language) if progress.stopped else progress.doing
    facts = progress_facts(
        doing, progress.share, progress.rows, progress.rate, progress.seconds, progress.left, language
    )
    return {"share": round(progress.share, 3), "facts": facts, "stopping": progress.stopped}


def line_of(batch: BatchRow, undoable: int | None, language: str) -> BatchLine:
    """The batch in words."""
    names = ("read", "accepted", "rejected", "waiting", "unchanged")
    state = ""
    if batch.undone_by is not None:
        state = say(marked("rolled back by batch {number}"), language, number=batch.undone_by)
    elif batch.undoes is not None:
        state = say(marked("rolled batch {number} back"), language, number=batch.undoes)
    return BatchLine(
        number=batch.number,
        address=address_of(batch.number),
        source=batch.source,
        moment=moment(batch.landed_at, language),
        counts={name: count(getattr(batch, name), language) for name in names},
        state=state,
        undo=f"{address_of(batch.number)}/roll-back" if batch.number == undoable else "",
    )


def imports_page(desk: ImportDesk) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("imports"), ImportsPage(desk)
    blueprint.get(IMPORTS_PAGE)(page.show)
    blueprint.post(IMPORTS_PAGE)(page.do)
    blueprint.get(PROGRESS)(page.progress)
    blueprint.post(CANCEL)(page.cancel)
    return blueprint


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
