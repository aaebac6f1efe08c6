"""What the pages of imports stand on, and how they begin things."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from werkzeug.exceptions import NotFound

from dashboard.web.accounts.administration import Administration
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.imports.outcomes import Job
from dashboard.web.imports.uploads import Lot, Uploads
from dashboard.web.imports.works import Work, Works
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.import_note import note_import, note_rollback
from data_access.batches import BatchRow, batch_of
from data_access.intake.batch import Report
from data_access.intake.failures import failures_told
from data_access.intake.files import FileProblem
from data_access.intake.imports import Asked, bring, sizes_of
from data_access.intake.progress import Progress
from data_access.intake.rollback import roll_back

NO_BATCH: Final = marked("There is no batch at this address; find it in the list of all batches.")


@dataclass(frozen=True)
class ImportDesk:
    """What these pages need. Made once."""

    admin: Administration
    works: Works
    uploads: Uploads

    def begin_import(self, lot: Lot, asked: Asked, account: str) -> None:
        """Take the files in, which are gone afterwards. Raises Busy; then they are gone too."""
        database, progress = self.admin.database, Progress(sizes_of(asked.files))
        work = Work("import" if asked.keep else "trial", asked.source, account, progress)

        def note(report: Report) -> None:
            if asked.keep:
                note_import(database, report, asked.source, account)

        job = Job(lambda: _without_folder(lot, partial(bring, database, asked, progress)), note, lot.remove)
        try:
            self.works.begin(work, job)
        except RuntimeError:  # busy, or no thread could be begun
            lot.remove()
            raise

    def begin_rollback(self, batch: int, account: str) -> None:
        """Roll a batch back. Raises Busy."""
        database, progress = self.admin.database, Progress([0])
        work = Work("rollback", str(batch), account, progress)

        def do() -> Report:
            with failures_told():
                return roll_back(database, batch, say=progress.say, over=progress.stopper.over)

        self.works.begin(work, Job(do, lambda report: note_rollback(database, report, batch, account)))

    def batch(self, text: str) -> BatchRow:
        """The batch of that number. Raises NotFound."""
        with self.admin.database.snapshot() as connection:
            found = batch_of(connection, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
        if found is None:
            raise NotFound(say(NO_BATCH, DEFAULT_LANGUAGE))
        return found


def address_of(batch: int) -> str:
    """Where one batch is shown."""
    return f"{IMPORTS_PAGE}/{batch}"


def _without_folder(lot: Lot, do: Callable[[], Report]) -> Report:
    """Do it; a problem names the files as they were sent, not where they lie on the server."""
    try:
        return do()
    except FileProblem as problem:
        raise FileProblem(lot.without_folder(str(problem))) from problem
