"""/live for pages, /healthz and /readyz for machines."""

from collections.abc import Callable

from flask import Blueprint, Response, session

from dashboard.web.guard import current_scope
from dashboard.web.replies import as_json
from data_access.database import Database
from data_access.reader import read_state, reader


def probes(database: Database, viewed: Callable[[str], None]) -> Blueprint:
    """The probes over this database. `viewed` is told the mark of each session with an open page."""
    blueprint = Blueprint("probes", __name__)

    @blueprint.get("/live")
    def live() -> Response:
        """What the newest figures stand on; a page redraws when it changes."""
        scope = current_scope()
        asked = reader(database, scope)
        if mark := session.get("mark"):
            viewed(mark)
        state = asked.state()
        return as_json(
            {
                "data_version": state.version,
                "mark": state.mark,  # changes with promises and reviews, too
                "as_of": state.newest_day,
                "label": state.label,
                "behind": asked.behind(state),  # seconds, where a replica that lags is read
                "account": scope.account,  # a page must notice that another tab has signed in as somebody else
            }
        )

    @blueprint.get("/healthz")
    def healthz() -> Response:
        """The process runs."""
        return as_json({"status": "ok"})

    @blueprint.get("/readyz")
    def readyz() -> Response:
        """The database answers; when it does not, the error handler replies 503."""
        with database.snapshot() as connection:
            read_state(connection)
        return as_json({"status": "ok"})

    return blueprint
