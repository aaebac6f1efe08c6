"""Many threads that count at the same moment."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dashboard.web.counters import Counters

THREADS = 8


class Slow:
    """Takes a while from having a timer to starting it, so that all threads are at it together."""

    _timer: threading.Timer

    @property
    def timer(self) -> threading.Timer:
        return self._timer

    @timer.setter
    def timer(self, made: threading.Timer) -> None:
        self._timer = made
        time.sleep(0.01)


class Slowly(Slow, Counters):
    """What serves, in slow motion."""


def counted(storage: Any) -> int:
    """How much all threads together have counted."""
    storage.timer.join()  # the next one that counts starts another
    begin = threading.Barrier(THREADS)

    def count() -> None:
        begin.wait()
        storage.incr("who", 60)

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(count) for _ in range(THREADS)]:
            done.result()
    storage.timer.join()
    return int(storage.get("who"))


def test_threads_that_count_together_all_count() -> None:
    assert [counted(Slowly()) for _ in range(5)] == [THREADS] * 5
