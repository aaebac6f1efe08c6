"""Where one process counts what is asked and what failed."""

import threading

from limits.storage import MemoryStorage


class Counters(MemoryStorage):
    """The storage of `limits`, for many threads.

    In version 5.8.0 two that count at the same moment may start one timer twice, and one of them fails; that is mended
    in the library, and not released yet (alisaifee/limits, pull request 352).
    """

    def __init__(self) -> None:
        self._starting = threading.Lock()
        super().__init__()

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802  # the name by which the library calls its own
        with self._starting:
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]
