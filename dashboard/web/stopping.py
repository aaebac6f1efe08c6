"""The web server until it is told to stop (SIGTERM, Ctrl-C): it takes nothing new, and lets end what it has begun.

Waitress itself drops at once what is being answered. A second signal does so here too.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

from waitress import wasyncore  # type: ignore[import-untyped]  # has no types of its own

_TURN: Final = 0.5
"""Seconds after which the server looks at whether it was told to stop."""
_LAST: Final = 0.05
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Stop:
    """How often the server was told to stop."""

    times: int = 0

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Once more. It only counts: it comes between any two steps of the server."""
        self.times += 1


@contextmanager
def listening_to_signals() -> Iterator[Stop]:
    """A stop that signals ask for while the block runs. Only in a process's main thread."""
    stop = Stop()
    before = {number: signal.signal(number, stop.ask) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_until_stopped(server: Any, stop: Stop, seconds: float, begins: Callable[[], object] = lambda: None) -> bool:
    """Serve until told to stop, then for so many seconds at most; whether all that had begun has ended.

    `server` is one of waitress's. `begins` is called when it takes nothing new any more.
    """
    while not stop.times:
        _turn(server, _TURN)
    asked, until = stop.times, time.monotonic() + seconds
    for _ in range(2):  # who has come is let in, and what they ask is read
        _turn(server, 0)
    # Out of the loop's map and closed: whoever comes now is refused, and a proxy asks another server.
    server.del_channel()
    server.socket.close()
    begins()
    while busy := _drop_idle(server):
        if stop.times > asked or time.monotonic() >= until:
            break
        _turn(server, _LAST)
    server.task_dispatcher.shutdown(timeout=0 if busy else 5)
    wasyncore.close_all(server._map)  # what is left, and what the loop wakes by
    return not busy


def _turn(server: Any, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, map=server._map, use_poll=server.adj.asyncore_use_poll, count=1)


def _drop_idle(server: Any) -> int:
    """Close connections on which nothing is answered; how many are left."""
    for channel in list(server.active_channels.values()):
        if not channel.requests and not channel.total_outbufs_len:
            channel.handle_close()
    return len(server.active_channels)
