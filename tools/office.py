"""Finds the office suite that the slow tests show slides with: LibreOffice; installs it where that is allowed."""

import shutil

from tools import packages

ADVICE = "Install LibreOffice Impress (Debian: apt-get install libreoffice-impress)."


def find() -> str | None:
    """The path of the suite; None where there is none."""
    return shutil.which("soffice")


def ensure() -> bool:
    """Make sure that there is one; whether there is."""
    if find():
        return True
    return packages.installed("LibreOffice", "libreoffice-impress", lambda: find() is not None, ADVICE)
