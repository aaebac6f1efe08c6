"""What the log says of errors and requests: enough to find the mistake, and nothing of anybody.

Messages of errors quote values of the query, addresses hold whatever somebody typed: neither is written down.
"""

import logging
import traceback
from typing import Final

from flask import Flask, request

log = logging.getLogger("jawabdeh")

_OF_LIBRARIES: Final = ("waitress",)


def where(error: BaseException) -> str:
    """The error's kind and the lines it came through. Not its message: that may quote values of the query."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__module__}.{type(error).__name__} at {lines}"


def route() -> str:
    """The route that is asked, for the log: an address may hold anything, the names of people among it."""
    return request.url_rule.rule if request.url_rule else "no route"


def keep_values_out(server: Flask) -> None:
    """Have what Flask and the web server say by themselves of errors say the same, where no handler of ours reaches."""
    server.log_exception = _log_unhandled  # type: ignore[method-assign]  # Flask's own quotes the address
    for logger in (server.logger, *map(logging.getLogger, _OF_LIBRARIES)):
        logger.addFilter(_without_values)


def _log_unhandled(exc_info: tuple[object, BaseException | None, object]) -> None:
    if exc_info[1] is not None:
        log.error("%s %s: %s", request.method, route(), where(exc_info[1]))


def _without_values(record: logging.LogRecord) -> bool:
    """Put in place of an error, with its message and what was asked, where it came from."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg, record.args = f"{str(record.msg).partition('%')[0].strip()}: {where(error)}", ()
        record.exc_info = record.exc_text = None
    return True
