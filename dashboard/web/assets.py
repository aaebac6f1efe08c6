"""Files for the browser, and how long it keeps what it is given.

A file whose address holds a fingerprint never changes under that address: it is kept for good. Everything else is asked
for again, and figures are not kept at all.
"""

import hashlib
import mimetypes
from collections.abc import Collection
from pathlib import Path
from typing import Final

from flask import Flask, Response, request, session

FOLDER: Final = "/assets/"
SUITES: Final = "/_dash-component-suites/"
BOUNDARIES: Final = "/boundaries/"
"""Official boundaries (see `dashboard.web.boundaries`); ours are assets."""
GEOJSON: Final = "application/geo+json"

_FOR_GOOD: Final = "max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_NOT_AT_ALL: Final = "no-store"


def fingerprint(content: bytes) -> str:
    """What this content, and no other, is known by."""
    return hashlib.sha256(content).hexdigest()[:12]


class Assets:
    """The files of the assets folder as they are when this is made."""

    def __init__(self, folder: Path) -> None:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        mimetypes.add_type(GEOJSON, ".geojson")  # not every system knows it, and what is compressed goes by type
        self._marks = {path.relative_to(folder).as_posix(): fingerprint(path.read_bytes()) for path in files}

    @property
    def names(self) -> tuple[str, ...]:
        """All files, by their path inside the folder."""
        return tuple(self._marks)

    def url_of(self, name: str) -> str:
        """The address of a file, which changes when the file does. Raises KeyError where there is no such file."""
        return f"{FOLDER}{name}?v={self._marks[name]}"

    def holds(self, path: str, mark: str | None) -> bool:
        """Whether the address, or the name of the file itself, holds the fingerprint of the file at this path."""
        name = path.removeprefix(FOLDER)
        own = self._marks.get(name)
        return own is not None and (own == mark or own in name)  # a font, which styles name, has it in its name


def set_lifetimes(server: Flask, assets: Assets, suites: Collection[str], boundaries: Collection[str] = ()) -> None:
    """Say of every reply how long it may be kept.

    Dash would give the newest file under any fingerprint, so one that it does not name now promises nothing.

    Args:
        server: Whose replies.
        assets: The files of the assets folder.
        suites: The paths of Dash's files with their fingerprints.
        boundaries: The addresses of official boundaries with theirs.
    """

    @server.after_request
    def _set(reply: Response) -> Response:
        reply.headers["Cache-Control"] = _lifetime(reply.status_code, assets, suites, boundaries)
        if reply.status_code == 304:
            # Dash leaves it out of its own 304, which it gives where this header is the ETag and nothing else.
            reply.headers.setdefault("ETag", request.headers.get("If-None-Match", ""))
        if request.path.startswith((FOLDER, SUITES, BOUNDARIES)) and not session.modified:
            # Looking into the session for the account that asks makes Flask add "Vary: Cookie", and then a browser
            # fetches all files again with each new cookie; files are the same for every account.
            session.accessed = False
        return reply


def _lifetime(status: int, assets: Assets, suites: Collection[str], boundaries: Collection[str]) -> str:
    if status not in {200, 304}:
        return _NOT_AT_ALL
    if request.path.startswith(FOLDER):
        return f"public, {_FOR_GOOD if assets.holds(request.path, request.args.get('v')) else _ASK_AGAIN}"
    if request.path.startswith(SUITES):
        return f"private, {_FOR_GOOD if request.path in suites else _ASK_AGAIN}"
    if request.path.startswith(BOUNDARIES):
        return f"private, {_FOR_GOOD if request.full_path in boundaries else _ASK_AGAIN}"
    # Not even "no-cache": the back button would show a page of the account that was signed in before.
    return _NOT_AT_ALL
