"""What goes wrong, as one plain sentence: never a stack trace, and in the log nothing personal and no query values."""

import logging
import traceback
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.web.api import NoSuchPanel
from dashboard.web.replies import refusal
from data_access.database import DatabaseProblem
from data_access.filters import FilterError
from data_access.scope import OutOfScope

log = logging.getLogger("jawabdeh")

NO_DATABASE: Final = "The database does not answer at the moment; try again shortly."
FAILED: Final = "Something went wrong here; it has been logged."


def where(error: BaseException) -> str:
    """The error's kind and the lines it came through. Not its message: that may quote values of the query."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__module__}.{type(error).__name__} at {lines}"


def handle_errors(server: Flask, database_errors: tuple[type[Exception], ...]) -> None:
    """Give every error its reply. `database_errors` are those that say the database is out of reach."""

    @server.errorhandler(FilterError)
    def _filter(error: FilterError) -> Response:
        return refusal(400, str(error), parameter=error.parameter)

    @server.errorhandler(OutOfScope)
    def _scope(error: OutOfScope) -> Response:
        return refusal(403, str(error))

    @server.errorhandler(NoSuchPanel)
    def _panel(error: NoSuchPanel) -> Response:
        return refusal(404, str(error))

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response | HTTPException:
        if error.code is None or error.code < 400:
            return error  # a redirect is no error
        return refusal(error.code, error.description or error.name)

    @server.errorhandler(Exception)
    def _any(error: Exception) -> Response:
        gone = isinstance(error, (DatabaseProblem, *database_errors))
        log.error("%s %s: %s", request.method, request.path, where(error))
        return refusal(503, NO_DATABASE) if gone else refusal(500, FAILED)
