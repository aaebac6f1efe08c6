"""Files held by a lock of the system's, which ends with the process that has it: who was killed holds none."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_TRIES: Final = 3
_PAUSE: Final = 0.02
"""Seconds: `is_held` holds for a moment what it looks at."""


def hold(path: Path) -> int | None:
    """Hold this file, made for its owner alone where there is none; None where somebody else holds it.

    The number that comes back is an open file: closing it lets go. Raises OSError where no file can be.
    """
    tries = 0
    while tries < _TRIES:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, lock):
                return lock
        except BlockingIOError:
            tries += 1
            time.sleep(_PAUSE)
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)  # it is held, or whoever held it has removed it meanwhile
    return None


@contextmanager
def holding(path: Path) -> Iterator[int | None]:
    """Hold this file while the block runs, and remove it afterwards; None where somebody else holds it."""
    lock = hold(path)
    try:
        yield lock
    finally:
        if lock is not None:
            path.unlink(missing_ok=True)  # before it is let go: nobody holds a file that is gone
            os.close(lock)


def is_held(path: Path) -> bool:
    """Whether somebody holds this file, in this process or in another one."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _is_at(path: Path, lock: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(lock))
    except FileNotFoundError:
        return False
