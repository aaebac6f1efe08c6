"""The real program in a process of its own: several workers over a real PostgreSQL."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Running:
    """The program, where it answers, and where what it says goes."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """All that it has said."""
        return self.log.read_text()

    def workers(self) -> list[int]:
        """The processes that serve."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in children.split()]


@contextmanager
def running(folder: Path, **environ: str) -> Iterator[Running]:
    """`python app.py` in a folder of its own, from when it answers until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    more = {"PYTHONPATH": str(ROOT), "PORT": str(port), "SECRET_KEY": "x" * 32, "RATE_PER_MINUTE": "1000000"}
    log = folder / f"server-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py")],
            cwd=folder,
            env={**os.environ, **more, **environ},
            stdout=file,
            stderr=file,
        )
    one = Running(f"http://127.0.0.1:{port}", process, log)
    try:
        assert within(120, lambda: _answers(one.address)), one.said()
        yield one
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def within(seconds: float, holds: Callable[[], bool], pause: float = 0.05) -> bool:
    """Whether it holds before so many seconds are over."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
