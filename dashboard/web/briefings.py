"""/api/v1/briefings: ready-made reports as files, so that a timer can fetch one."""

from functools import partial

from flask import Blueprint, Response, request

from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from dashboard.panels.answer import Answers
from dashboard.web.files import Files
from dashboard.web.guard import current_scope
from dashboard.web.replies import refusal
from dashboard.words.text import listed
from data_access.database import Database
from data_access.filters import parse
from data_access.reader import reader

BRIEFINGS_API = "/api/v1/briefings"


def briefings(database: Database, answers: Answers, files: Files) -> Blueprint:
    """A route for each kind of file; any other name or ending is told which there are."""
    blueprint = Blueprint("briefings", __name__, url_prefix=BRIEFINGS_API)

    def briefing(report: str, kind: str) -> Response:
        if report not in READY:
            return nothing(f"{report}.{kind}")
        filters = parse(request.args.items(multi=True))
        return files.of_report(READY[report], kind, answers, reader(database, current_scope()), filters)

    # The rule with most letters in it comes first: x.slides.pdf is not the document of a report named x.slides.
    for kind in HANDS:
        view = partial(briefing, kind=kind)
        blueprint.add_url_rule(f"/<report>.{kind}", endpoint=kind.replace(".", "_"), view_func=view)

    @blueprint.get("/<path:rest>")
    def nothing(rest: str) -> Response:
        names, endings = listed(READY, "en"), listed(HANDS, "en")
        return refusal(404, f"There is no briefing {rest!r}; there are {names}, each as {endings}.")

    return blueprint
