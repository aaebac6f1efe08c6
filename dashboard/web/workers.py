"""Several processes behind one port, over one PostgreSQL: gunicorn's, each with a server of its own."""

import logging
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import gunicorn.http.wsgi  # type: ignore[import-untyped]  # has no types of its own
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

from dashboard.web.bodies import WEB_SERVER
from dashboard.web.metrics.several import ended
from data_access.settings import Settings

Making = Callable[[], AbstractContextManager[Flask]]
"""Makes a whole server, over a database of its own; what it began ends with the block."""


class Workers(BaseApplication):  # type: ignore[misc]  # has no types of its own
    """Serves on a socket with so many processes. Each makes its server after it was forked: no connection is shared."""

    def __init__(self, door: socket.socket, making: Making, settings: Settings, counted: Path) -> None:
        """`counted` is the folder in which the processes add up what they count."""
        self._making = making
        self._held = ExitStack()
        self._told: dict[str, Any] = {
            "bind": f"fd://{door.detach()}",  # which closes it in the end
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "keepalive": 120,  # as waitress does; a proxy before us must be the first to close
            "graceful_timeout": settings.stop_seconds,
            "limit_request_line": 0,  # how long an address may be, its reader says; all heads together are bounded
            "limit_request_field_size": WEB_SERVER["max_request_header_size"],
            # Who asks, and by which scheme, is for `dashboard.web.proxies` to say: gunicorn would believe this machine.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "loglevel": "error",  # what is below names addresses of people
            "worker_exit": self._end,
            "child_exit": lambda _arbiter, worker: ended(worker.pid, counted),
        }
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn asks for its settings; neither its files nor its variables are read."""
        for name, value in self._told.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The server of one worker."""
        return self._held.enter_context(self._making())

    def run(self) -> None:
        """Serve until stopped."""
        gunicorn.http.wsgi.SERVER = "Jawabdeh"
        Arbiter(self).run()

    def _end(self, _arbiter: Any, _worker: Any) -> None:
        try:
            self._held.close()
        except Exception as error:
            logging.getLogger("jawabdeh").error("ending a worker: %s", type(error).__name__)
