"""The web server of one process: a socket, threads, and an end that nobody notices."""

import errno
import logging
import socket

from flask import Flask

from dashboard.web.backups.desk import ending_backups
from dashboard.web.backups.pages import BACKUPS
from dashboard.web.imports.pages import ending_imports, stop_imports
from dashboard.web.imports.receiving import web_server
from dashboard.web.log_lines import told_of
from dashboard.web.stopping import listening_to_signals, run_until_stopped
from data_access.settings import Settings, SettingsProblem

THREADS = 8
log = logging.getLogger("jawabdeh")


def serve(settings: Settings, server: Flask, *, as_json: bool) -> None:
    """Serve until stopped, in a process's main thread. Raises SettingsProblem when nothing can be listened on.

    `as_json`: whether the log is, so that where the server is found is a line of it.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        door = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {settings.port} is in use; choose another with PORT={settings.port + 1}."
            raise SettingsProblem(sentence) from error
        raise SettingsProblem(f"Cannot listen on HOST={settings.host}: {error.strerror}.") from error
    shown = f"[{settings.host}]" if family == socket.AF_INET6 else settings.host
    _say(f"Jawabdeh is at http://{shown}:{settings.port}", as_json=as_json)
    alone = settings.trusted_proxies == 0  # then waitress drops what only proxies have to say
    listener = web_server(server, sockets=[door], threads=THREADS, ident=None, clear_untrusted_proxy_headers=alone)
    backups = server.extensions[BACKUPS]
    with ending_imports(server), ending_backups(backups), listening_to_signals() as stop:
        ended = run_until_stopped(listener, stop, settings.stop_seconds, lambda: stop_imports(server))
    _say("Stopped." if ended else "Stopped; requests that had not ended were dropped.", as_json=as_json)


def _say(sentence: str, *, as_json: bool) -> None:
    if as_json:
        log.info(sentence, extra=told_of())
    else:
        print(sentence, flush=True)
