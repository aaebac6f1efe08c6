"""Serves the dashboard: makes sure that there is a database, says where to look, and becomes the server."""

import os
import subprocess
import sys
from typing import NoReturn

from tools import say
from tools.environment import ROOT

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  # nosec B104  # recognised, not bound to
"""Hosts that mean every address of this machine; a browser on it asks for the loopback one."""


def address(host: str, port: str) -> str:
    """Where a browser on this machine finds the server."""
    host = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def become_the_server() -> NoReturn:
    """Go on as the server, in this process: what stops make stops it."""
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "app.py"])


def main() -> int:
    """Prepare the database, then serve until stopped; the exit status when the first does not work."""
    say.headline("The database")
    prepared = subprocess.run([sys.executable, "-m", "data_access", "ensure"], cwd=ROOT)
    if prepared.returncode:
        say.result(False, "The database is not ready; the reason is above.")
        return prepared.returncode
    say.headline("The dashboard")
    where = address(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8050")
    say.next_steps(f"Open {where} in a browser. Ctrl-C stops the server; PORT=9000 make run takes another port.", "")
    become_the_server()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
