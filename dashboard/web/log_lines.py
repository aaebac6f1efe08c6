"""How the log is written: a line of JSON for each thing that is said, or a plain line for a person at a terminal."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from dashboard.web.log import where
from dashboard.web.observing import Seen, request_number

FORMATS: Final = ("json", "plain")
LEVELS: Final = ("debug", "info", "warning", "error")
_OURS: Final = "jawabdeh"
_OF_SERVERS: Final = ("waitress", "waitress.queue", "gunicorn.error", "gunicorn.access")
_TOLD: Final = "told"
_BY_THEMSELVES: Final = frozenset({"/live", "/healthz", "/readyz", "/metrics", "/assets/<path:filename>"})
"""What pages and machines ask all the time. Where it goes well it is said at the level debug: metrics count it."""

log = logging.getLogger(f"{_OURS}.requests")


def set_log(form: str, level: str) -> bool:
    """Have everything that is said go to standard output. Whether as JSON, which is so unless a terminal is there.

    Libraries are heard from warnings on, whatever the level: what they say below that quotes statements.
    """
    as_json = form == "json" or (not form and not sys.stdout.isatty())
    handler = _Standard()
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    ours = getattr(logging, (level or ("info" if as_json else "warning")).upper())
    logging.basicConfig(handlers=[handler], level=max(ours, logging.WARNING), force=True)
    logging.getLogger(_OURS).setLevel(ours)
    for name in _OF_SERVERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    return as_json


class _Standard(logging.StreamHandler):  # type: ignore[type-arg]  # generic only where types are checked
    """Standard output as it is when something is said."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stdout
        super().emit(record)


def log_request(seen: Seen) -> None:
    """A line for each request."""
    level = logging.DEBUG if seen.route in _BY_THEMSELVES and seen.status < 400 else logging.INFO
    if not log.isEnabledFor(level):
        return
    told = {
        "message": "request",
        "request": seen.number,
        "method": seen.method,
        "route": seen.route,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 1),
        "bytes": seen.size,
    }
    words = "%s %s %d in %d ms, %d bytes"
    log.log(level, words, seen.method, seen.route, seen.status, seen.seconds * 1000, seen.size, extra={_TOLD: told})


def told_of(**values: str | int) -> dict[str, Any]:
    """What a line of JSON says besides its message: give it as `extra` of what is logged."""
    return {_TOLD: values}


class JsonLines(logging.Formatter):
    """One object a line. Of errors, where they came from: their messages may quote values."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **({"request": number} if (number := request_number()) else {}),
            **getattr(record, _TOLD, {}),
        }
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """Time, level, words, and the number of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        number = getattr(record, _TOLD, {}).get("request") or request_number()
        time = datetime.fromtimestamp(record.created).astimezone().isoformat(" ", "seconds")[:19]
        return f"{time} {record.levelname} {_message(record)}{f' [{number}]' if number else ''}"


def _message(record: logging.LogRecord) -> str:
    """One line of words; a line break in it would be a line of the log's own."""
    error = record.exc_info[1] if record.exc_info else None
    said = record.getMessage() if error is None else f"{record.getMessage()}: {where(error)}"
    return said.replace("\r", " ").replace("\n", " ")
