"""The web server of one process: threads, and an end that nobody notices."""

import logging
import socket

from flask import Flask

from dashboard.web.backups.pages import stop_backups
from dashboard.web.imports.pages import stop_imports
from dashboard.web.imports.receiving import web_server
from dashboard.web.stopping import listening_to_signals, run_until_stopped
from data_access.settings import Settings

log = logging.getLogger("jawabdeh")


def announce(settings: Settings, *, as_json: bool) -> None:
    """Say where the server is found. `as_json`: whether the log is, so that this is a line of it."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    _say(f"Jawabdeh is at http://{shown}:{settings.port}", as_json=as_json)


def serve(settings: Settings, server: Flask, door: socket.socket, *, as_json: bool) -> None:
    """Serve at that socket until stopped, in a process's main thread."""
    alone = settings.trusted_proxies == 0  # then waitress drops what only proxies have to say
    told = {"threads": settings.threads, "ident": None, "clear_untrusted_proxy_headers": alone}
    listener = web_server(server, sockets=[door], **told)

    def begins() -> None:
        stop_imports(server)
        stop_backups(server)

    with listening_to_signals() as stop:
        ended = run_until_stopped(listener, stop, settings.stop_seconds, begins)
    _say("Stopped." if ended else "Stopped; requests that had not ended were dropped.", as_json=as_json)


def _say(sentence: str, *, as_json: bool) -> None:
    if as_json:
        log.info(sentence)
    else:
        print(sentence, flush=True)
