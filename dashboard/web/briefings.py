"""/api/v1/briefings/<name>.<ending>: ready-made reports as files, so that a timer can fetch one, and frozen ones."""

from functools import partial

from flask import Blueprint, Response, request

from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from dashboard.panels.answers import Answers
from dashboard.web.files import Files
from dashboard.web.frozen.desk import nothing_there, opened
from dashboard.web.guard import BRIEFINGS_API, current_scope
from dashboard.web.replies import refusal
from dashboard.web.typed import is_number
from data_access.briefings.kept import NoSuchBriefing
from data_access.database import Database
from data_access.filters import check_taken, parse
from data_access.reader import reader


def briefings(database: Database, answers: Answers, files: Files) -> Blueprint:
    """A route for each kind of file; any other name or ending is told which there are."""
    blueprint = Blueprint("briefings", __name__, url_prefix=BRIEFINGS_API)

    def briefing(report: str, kind: str) -> Response:
        if is_number(report):
            return frozen(report, kind)
        if report not in READY:
            return nothing(f"{report}.{kind}")
        filters = parse(request.args.items(multi=True))
        return files.of_report(READY[report], kind, answers, reader(database, current_scope()), filters)

    def frozen(number: str, kind: str) -> Response:
        check_taken(parse(request.args.items(multi=True)), (), "a briefing")  # it was frozen under its own
        scope = current_scope()
        try:
            return files.of_briefing(*opened(database, scope, number), kind, scope.account)
        except NoSuchBriefing as problem:
            return refusal(404, str(problem))

    # The rule with most letters in it comes first: x.slides.pdf is not the document of a report named x.slides.
    for kind in HANDS:
        view = partial(briefing, kind=kind)
        blueprint.add_url_rule(f"/<report>.{kind}", endpoint=kind.replace(".", "_"), view_func=view)

    @blueprint.get("/<path:rest>")
    def nothing(rest: str) -> Response:
        return nothing_there(rest)

    return blueprint
