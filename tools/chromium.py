"""Finds the browser that tests drive: the system's Chromium or Chrome; installs it where that is allowed."""

import os
import shutil
import subprocess

from tools import packages, say

PACKAGE = "chromium-headless-shell"
"""Chromium without windows: a third of the processor's time less than the whole browser takes."""
NAMES = (PACKAGE, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = f"Install Chromium or Chrome, or set CHROME= to where it is (Debian: apt-get install {PACKAGE})."


def starts(path: str) -> bool:
    """Whether the program starts at all: without snap, Ubuntu's `chromium-browser` only says that it wants snap."""
    return subprocess.run([path, "--version"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def find() -> str | None:
    """The browser's path: what CHROME names where it is set, else the first one installed that starts."""
    names = (os.environ["CHROME"],) if os.environ.get("CHROME") else NAMES
    return next(filter(starts, filter(None, map(shutil.which, names))), None)


def ensure() -> bool:
    """Make sure there is a browser; whether there is."""
    if find():
        return True
    if os.environ.get("CHROME"):
        say.result(False, f"CHROME={os.environ['CHROME']} does not start.")
        return False
    return packages.installed("Chromium", PACKAGE, lambda: find() is not None, ADVICE)
