"""What tests of reports share: reports over the small database, and one that holds every panel of the catalogue."""

from dashboard.files.report.description import Report
from dashboard.files.report.making import make_report, report_of
from dashboard.files.report.ready import READY
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import Filters, parse_query
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from tests.app.small import example, reads_all


def made(database: Database, name: str = "cabinet-report", query: str = "", role: str = "pmo", **pinned: str) -> Report:
    """A ready-made report, freshly computed, as an account of this role sees it."""
    scope = Scope("test", role, pinned, ROLES[role].abilities)
    return make_report(READY[name], Answers(), reader(database, scope), parse_query(query))


def all_answers(database: Database) -> list[Answer]:
    """An answer of every panel of the catalogue."""
    return [Answers().answer(panel, reads_all(database), example(panel)) for panel in PANELS.values()]


def of_all(database: Database) -> Report:
    """A report of every panel of the catalogue."""
    told = [("All", answer) for answer in all_answers(database)]
    return report_of("all", "Everything", told, (), Filters())
