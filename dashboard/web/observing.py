"""Each request from its first byte to its last: its number, and what became of it, for whoever listens.

Outermost, because only there a reply that is written while it is read has an end.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, has_request_context, request

from dashboard.web.log import route

HEADER: Final = "X-Request-ID"
_NUMBER: Final = "jawabdeh.request"
_ROUTE: Final = "jawabdeh.route"
# As proxies make them. Nothing else is taken: it stands in the log, where a name or a line of one's own has no place.
_SANE: Final = re.compile(r"[0-9A-Fa-f-]{16,64}")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True)
class Seen:
    """One request that was answered. `route` is the rule that it matched; nothing of it is what somebody typed."""

    number: str
    method: str
    route: str
    status: int
    seconds: float
    size: int  # bytes of the reply's body


Listener = Callable[[Seen], None]


def request_number() -> str:
    """The number of the request that is being answered; empty where there is none."""
    return str(request.environ.get(_NUMBER, "")) if has_request_context() else ""


def observe(server: Flask, *listeners: Listener) -> None:
    """Tell the listeners of every request when its reply has ended, and give each reply the number of its request."""

    @server.teardown_request
    def _note(_error: BaseException | None) -> None:
        request.environ[_ROUTE] = route()

    server.wsgi_app = _Observed(server.wsgi_app, listeners)  # type: ignore[method-assign]  # the documented way


@dataclass
class _Observed:
    application: Callable[..., Iterable[bytes]]
    listeners: tuple[Listener, ...]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        number = given if _SANE.fullmatch(given) else secrets.token_hex(8)
        environ[_NUMBER] = number
        one = _Request(environ, number, self.listeners)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            one.status = int(status.partition(" ")[0])
            one.told = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
            return start_response(status, [*headers, (HEADER, number)], *more)

        try:
            body = self.application(environ, start)
        except BaseException:
            one.close()
            raise
        wrapper = environ.get("wsgi.file_wrapper")
        if isinstance(wrapper, type) and isinstance(body, wrapper):
            one.close()  # the web server sends such a file by itself, and only when it is given as it is
            return body
        one.body = body
        return one


@dataclass
class _Request:
    """The body of a reply, passed on as it comes."""

    environ: dict[str, Any]
    number: str
    listeners: tuple[Listener, ...]
    body: Iterable[bytes] = ()
    status: int = 500
    told: int | None = None
    size: int = 0
    began: float = field(default_factory=time.perf_counter)

    def __iter__(self) -> Iterator[bytes]:
        for part in self.body:
            self.size += len(part)
            yield part

    def close(self) -> None:
        """The end."""
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            method = str(self.environ.get("REQUEST_METHOD", ""))
            seen = Seen(
                self.number,
                method if method in _METHODS else "other",
                str(self.environ.get(_ROUTE, "no route")),
                self.status,
                time.perf_counter() - self.began,
                self.size or (0 if method == "HEAD" else self.told or 0),
            )
            for listener in self.listeners:
                listener(seen)
