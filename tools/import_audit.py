"""Imports every module of a tree and reports what any of them opens on the way: importing a module opens nothing.

`python -B -P tools/import_audit.py ROOT OUTSIDE… -- MODULE…`, in a process of its own. Packages from outside are
imported first, unwatched: what they do is not ours. Prints a line for each module of ours that opens something or
fails.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

import duckdb
import psycopg

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
REFUSED = {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "os.remove", "os.rename"}


class OpenedError(Exception):
    """Something was opened while a module was imported."""


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's audit hook: refuse what leaves a trace outside the process."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if writes or event in REFUSED:
        raise OpenedError(f"{event} {arguments[0]!r}")


def refuse(name: str) -> Callable[..., NoReturn]:
    """A stand-in for a connect function that Python's audit does not see, for it is written in C."""

    def connect(*arguments: object, **_: object) -> NoReturn:
        raise OpenedError(f"{name} {arguments!r}")

    return connect


def what_opens(module: str, root: str) -> str | None:
    """What went wrong when the module was imported, with the line of ours that did it; None when nothing did."""
    try:
        importlib.import_module(module)
    except Exception as error:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(root + os.sep)
        ]
        where = f"{os.path.relpath(frames[-1].filename, root)}:{frames[-1].lineno}" if frames else module
        verb = "opens" if isinstance(error, OpenedError) else "fails:"
        return f"{where}: importing {module} {verb} {error}"
    return None


def main(arguments: list[str]) -> int:
    """Import the modules from outside, then ours under watch; 1 when one of ours opened something, else 0."""
    root, separator = arguments[0], arguments.index("--")
    sys.path.insert(0, root)
    for name in arguments[1:separator]:
        importlib.import_module(name)
    duckdb.connect = refuse("duckdb.connect")
    psycopg.connect = refuse("psycopg.connect")
    psycopg.Connection.connect = refuse("psycopg.connect")  # type: ignore[method-assign]
    sys.addaudithook(watch)
    found = [line for module in arguments[separator + 1 :] if (line := what_opens(module, root))]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
