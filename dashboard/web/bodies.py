"""What is sent along with a request: how much of it is taken, and that JSON is JSON.

The limits hold for every request, whether what it asks reads the body or not.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.web.asking import EVENTS_API, IMPORTS_PAGE
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say

MIB: Final = 1024 * 1024
LARGEST: Final = MIB
"""Bytes of a body."""
LARGEST_EVENTS: Final = 3 * MIB
"""Bytes of a body of events, of which many are sent at once."""
LARGEST_FORM: Final = 256 * 1024
"""Bytes of all fields of a form together."""
MOST_PARTS: Final = 100
"""Parts of a form that comes in parts."""
LARGEST_READ: Final = 4 * LARGEST
"""Bytes after which the web server hangs up without asking us: who sends a little too much is told so by a sentence."""
WEB_SERVER: Final[Mapping[str, int]] = MappingProxyType(
    {"max_request_body_size": LARGEST_READ, "max_request_header_size": 64 * 1024}
)
"""What waitress is told; the second are the bytes of all headers with the address."""

TOO_MUCH: Final = marked("This sends more than can be taken at once (1 MiB, 256 kiB in a form); send less.")
TOO_MUCH_IMPORTED: Final = marked(
    "These files are larger than can be sent at once ({most} MiB, IMPORT_MB); send them in several imports, or import "
    "them at the command line."
)
TOO_MUCH_EVENTS: Final = marked("This sends more than can be taken at once (3 MiB); send the rows in several requests.")


class StrictJson(DefaultJSONProvider):
    """Flask's JSON that reads what the standard calls JSON, and nothing else."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What the text says. Raises ValueError for NaN and Infinity too, and for what is nested without end."""
        try:
            return json.loads(s, parse_constant=refuse_constant, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def refuse_constant(constant: str) -> None:
    """Raise ValueError: NaN and Infinity are no JSON, which Python's reader would take."""
    raise ValueError(f"{constant} is no number")


def limit_bodies(server: Flask, largest_import: int = LARGEST) -> None:
    """Hold every request to these limits; what is more is refused (413) before anybody reads it.

    `largest_import`: the bytes of a form with files to be imported.
    """
    server.config.update(MAX_CONTENT_LENGTH=LARGEST, MAX_FORM_MEMORY_SIZE=LARGEST_FORM, MAX_FORM_PARTS=MOST_PARTS)
    server.json = StrictJson(server)

    @server.before_request
    def _check() -> None:
        most = LARGEST
        if _is_of_events():
            most = request.max_content_length = LARGEST_EVENTS
        elif is_import():
            most = request.max_content_length = largest_import
        elif request.mimetype == "application/x-www-form-urlencoded":
            most = LARGEST_FORM  # Werkzeug counts the fields of a form only where it comes in parts
        if (request.content_length or 0) > most:
            raise RequestEntityTooLarge(too_much())


def too_much() -> str:
    """What is said of a body that is too large."""
    if _is_of_events():
        return TOO_MUCH_EVENTS
    if is_import():
        return say(TOO_MUCH_IMPORTED, DEFAULT_LANGUAGE, most=(request.max_content_length or 0) // MIB)
    return TOO_MUCH


def _is_of_events() -> bool:
    return request.path == EVENTS_API


def is_import() -> bool:
    """Whether the request sends files to be imported."""
    return request.method == "POST" and request.path == IMPORTS_PAGE and request.mimetype == "multipart/form-data"
