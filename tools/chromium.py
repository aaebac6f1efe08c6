"""Finds the browser that tests drive: the system's Chromium or Chrome; installs it where that is allowed."""

import os
import shutil
import subprocess
import tempfile
from time import monotonic

from tools import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = "Install Chromium or Chrome, or set CHROME= to where it is (Debian: apt-get install chromium)."


def starts(path: str) -> bool:
    """Whether the program starts at all: without snap, Ubuntu's `chromium-browser` only says that it wants snap."""
    return subprocess.run([path, "--version"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def find() -> str | None:
    """The browser's path: what CHROME names where it is set, else the first one installed that starts."""
    names = (os.environ["CHROME"],) if os.environ.get("CHROME") else NAMES
    return next(filter(starts, filter(None, map(shutil.which, names))), None)


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without being asked; None when that is not possible."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
    return None if asked.returncode else ["sudo", "-n"]


def install(prefix: list[str]) -> bool:
    """Install Chromium by apt; whether it worked. Its output is shown only when it did not."""
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y"]
    steps = {
        "reading the package lists": [*environment, "update"],
        "installing": [*environment, "install", "--no-install-recommends", "chromium"],
    }
    with say.progress(None) as step, tempfile.TemporaryFile("w+") as output:
        for name, command in steps.items():
            step(name)
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output).returncode:
                output.seek(0)
                say.console.print(output.read(), markup=False)
                return False
    return True


def ensure() -> bool:
    """Make sure there is a browser; whether there is."""
    if find():
        return True
    if os.environ.get("CHROME"):
        say.result(False, f"CHROME={os.environ['CHROME']} does not start.")
        return False
    prefix = as_root() if shutil.which("apt-get") else None
    if prefix is None:
        say.result(False, f"The tests need a browser. {ADVICE}")
        return False
    say.headline("Installing Chromium by apt for the tests (once; a minute or so)")
    start = monotonic()
    done = install(prefix) and find() is not None
    say.result(done, f"Installed in {say.elapsed_since(start)}." if done else f"apt could not install it. {ADVICE}")
    return done
