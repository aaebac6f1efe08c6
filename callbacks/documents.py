"""The documents of pages: who may not open one is told so, and what is no page has the status of none."""

from typing import Final

from dash.exceptions import DependencyException
from flask import Flask, Response, request

from callbacks.drawing import ReaderOf
from dashboard.web.asking import is_for_programs
from dashboard.web.errors import trouble
from dashboard.web.plain_page import PlainPages
from dashboard.words.text import marked
from data_access.questions.complaint import check_opens
from layouts.pages import page_at

NO_FILE: Final = marked("There is nothing at this address.")


def check_documents(server: Flask, pages: PlainPages, reader_of: ReaderOf) -> None:
    """Dash serves its document at every path; what it is worth, the browser and its user must know.

    Call it after the guard: then it is known who asks.
    """

    @server.before_request
    def _check() -> None:
        page = page_at(request.path)
        if page is None:
            return
        reader = reader_of()
        page.demand(reader.scope)
        number = page.number(request.path)
        if number is not None:
            with reader.snapshot() as snapshot:
                check_opens(snapshot, number)

    @server.errorhandler(DependencyException)
    def _no_file(error: DependencyException) -> Response:  # noqa: ARG001  # it names packages of this machine
        return trouble(pages, 404, NO_FILE)

    @server.after_request
    def _mark(reply: Response) -> Response:
        # What we write ourselves says its status itself; what can be done at a path is no page.
        of_dash = request.blueprint is None and request.method != "OPTIONS"
        if of_dash and reply.status_code == 200 and reply.mimetype == "text/html" and page_at(request.path) is None:
            reply.status_code = 404
            return trouble(pages, 404, NO_FILE) if is_for_programs(request.path) else reply
        return reply
