"""How files arrive: from the network to disk, and from there, part by part, to files of their own on disk.

The web server takes a whole request before it asks us. So it is told, when it has read a request's head, that at this
one address more may come than elsewhere, from a browser with a session of ours, and to put it beside the database.
"""

import errno
import os
from contextlib import suppress
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final
from weakref import WeakSet

import waitress  # type: ignore[import-untyped]  # has no types of its own
from flask import Flask, Request, g, request
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.receiver import FixedStreamReceiver  # type: ignore[import-untyped]
from werkzeug.datastructures import FileStorage

from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.bodies import LARGEST, MIB, WEB_SERVER, is_import, limit_bodies
from dashboard.web.door.session import has_signed_cookie
from dashboard.web.imports.uploads import UPLOADS, Lot, Uploads, folder_of
from data_access.settings import Settings

AT_ONCE: Final = 2
"""Large requests that are taken at a time: each may fill the disk by as much as one may send."""


class NoRoom(BytesIO):
    """Stands for a request that the disk had no room for."""


class _Body:
    """What has come of a request's body, on disk."""

    def __init__(self, uploads: Uploads) -> None:
        try:
            self._file = uploads.anonymous()
        except OSError:
            self._file = NoRoom()

    def append(self, data: bytes) -> None:
        if not isinstance(self._file, NoRoom):
            self._try(lambda: self._file.write(data))

    def getfile(self) -> IO[bytes]:
        self._try(lambda: self._file.seek(0))  # it writes what it still has in memory
        return self._file

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()

    def __del__(self) -> None:
        self.close()  # nobody closes what only half of came

    def _try(self, deed: Any) -> None:
        try:
            deed()
        except OSError:  # the rest is read and dropped, so that whoever sends it can be told why
            self.close()
            self._file = NoRoom()


def web_server(application: Flask, **told: Any) -> Any:
    """The web server, which takes large requests where files are imported."""
    uploads: Uploads = application.extensions[UPLOADS]
    server = waitress.create_server(application, **{**WEB_SERVER, **told})
    larger = copy(server.adj)
    larger.max_request_body_size = uploads.most + LARGEST
    bodies: WeakSet[_Body] = WeakSet()

    class Parser(HTTPRequestParser):  # type: ignore[misc]  # has no types of its own
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            large = not self.chunked and self.content_length > LARGEST
            ours = self.command == "POST" and self.path == IMPORTS_PAGE
            if large and ours and len(bodies) < AT_ONCE and _may(application, self.headers.get("COOKIE", "")):
                self.adj = larger
                body = _Body(uploads)
                bodies.add(body)
                self.body_rcv = FixedStreamReceiver(self.content_length, body)

    class Channel(HTTPChannel):  # type: ignore[misc]  # has no types of its own
        parser_class = Parser

    server.channel_class = Channel
    return server


def _may(application: Flask, cookies: str) -> bool:
    """Whether a browser with a session of ours sends it. Who it is is asked when all is there: here nobody may wait."""
    return has_signed_cookie(application, cookies)


def receive_files(server: Flask, settings: Settings) -> None:
    """Limit what comes with a request, and have files of the import's form, which may be large, written to disk.

    Those that nobody takes go when the request ends; those that an earlier server left over go now.
    """
    uploads = server.extensions[UPLOADS] = Uploads(folder_of(settings.database_url), settings.import_mb * MIB)
    uploads.sweep()
    limit_bodies(server, uploads.most)

    class Receiving(Request):
        def _get_file_stream(
            self,
            total_content_length: int | None,
            content_type: str | None,
            filename: str | None = None,
            content_length: int | None = None,
        ) -> IO[bytes]:
            if not is_import() or not filename:
                return super()._get_file_stream(total_content_length, content_type, filename, content_length)
            file, path = uploads.named()
            g.setdefault("arrived", []).append((file, path))
            return file

    server.request_class = Receiving

    @server.before_request
    def _check() -> None:
        if isinstance(request.environ.get("wsgi.input"), NoRoom):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @server.teardown_request
    def _drop(_error: BaseException | None) -> None:
        for file, path in g.pop("arrived", []):
            with suppress(OSError):  # what it still has in memory may have no room
                file.close()
            path.unlink(missing_ok=True)


def sent(field: str) -> list[FileStorage]:
    """The files that were chosen in a field of the form."""
    return [one for one in request.files.getlist(field) if one.filename]


def take(uploads: Uploads, files: list[FileStorage]) -> Lot:
    """These files of the form that was sent; they live until the lot is removed."""
    places: dict[int, Path] = {id(file): path for file, path in g.arrived}
    for one in files:
        one.stream.close()
    return uploads.lot([(one.filename or "", places[id(one.stream)]) for one in files])
