"""Replies go out compressed: files once and well, answers each time and fast.

Brotli at quality 9 makes all scripts and styles of a page 1.51 MB in 0.7 s of one core, once for each process; quality
11 would make them 1.37 MB in 11 s, quality 5 1.58 MB in 0.1 s. Zstandard was larger at equal time, and fewer know it.
A page with a token in it goes out as it is (see `dashboard.web.forms`).
"""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import brotli  # type: ignore[import-untyped]  # has no types of its own
from flask import Flask, Response, request
from flask_compress import Compress

from dashboard.web.assets import BOUNDARIES, FOLDER, GEOJSON, SUITES
from dashboard.web.forms import shows_token

SMALLEST: Final = 500
"""Bytes; less fits in one packet anyway."""

_TYPES: Final = (
    "text/html",
    "text/css",
    "text/csv",
    "text/plain",
    "text/javascript",
    "application/javascript",
    "application/json",
    GEOJSON,
    "image/svg+xml",
)
_WELL: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=9)),
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}

_Shelf = dict[tuple[str, str], bytes]
"""Compressed files by ETag, which changes with the content, and encoding."""


def compress(server: Flask) -> None:
    """Compress what the server replies, as far as the client understands it."""
    server.config.update(
        COMPRESS_ALGORITHM=list(_WELL),
        COMPRESS_ALGORITHM_STREAMING=list(_WELL),
        COMPRESS_BR_LEVEL=5,
        COMPRESS_LEVEL=6,
        COMPRESS_MIMETYPES=list(_TYPES),
        COMPRESS_MIN_SIZE=SMALLEST,
    )
    Compress(server)
    shelf: _Shelf = {}

    @server.before_request
    def _whole() -> None:
        # A part of a file is not a part of the compressed file; a server may always answer with the whole.
        request.environ.pop("HTTP_RANGE", None)

    @server.after_request  # the last one registered runs first: Compress leaves alone what is compressed already
    def _file(reply: Response) -> Response:
        if shows_token():
            request.environ.pop("HTTP_ACCEPT_ENCODING", None)  # then Compress thinks that nobody understands it
        return _from_shelf(reply, shelf) if request.path.startswith((FOLDER, SUITES, BOUNDARIES)) else reply


def _from_shelf(reply: Response, shelf: _Shelf) -> Response:
    reply.headers.pop("Accept-Ranges", None)
    if reply.status_code != 200 or reply.mimetype not in _TYPES:
        return reply
    encoding = request.accept_encodings.best_match((*_WELL, "identity"), "identity")
    reply.direct_passthrough = False
    reply.add_etag()
    tag = reply.get_etag()[0] or ""
    content = reply.get_data()
    if encoding != "identity" and len(content) >= SMALLEST:
        if (tag, encoding) not in shelf:
            shelf[tag, encoding] = _WELL[encoding](content)
        reply.set_data(shelf[tag, encoding])
        reply.headers["Content-Encoding"] = encoding
        reply.set_etag(f"{tag}:{encoding}")
    reply.make_conditional(request)
    return reply
