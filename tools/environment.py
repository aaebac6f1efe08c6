"""Makes `.venv` and brings it up to date; the one tool that the user's own Python runs, so it needs nothing installed.

`python3 tools/environment.py requirements.txt` returns at once when the environment already holds that file. What it
holds is kept in a stamp: a hash of the file's text and of the Python version.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
OLDEST = (3, 11)


def fingerprint(requirements: Path) -> str:
    """What an environment that holds these requirements is known by."""
    return hashlib.sha256(f"{platform.python_version()}\n{requirements.read_text()}".encode()).hexdigest()


def stamp(requirements: Path, environment: Path = VENV) -> Path:
    """Where the fingerprint of the installed requirements is kept; it goes when the environment goes."""
    return environment / f"{requirements.name}.installed"


def is_current(requirements: Path, environment: Path = VENV) -> bool:
    """Whether the environment holds exactly these requirements."""
    kept = stamp(requirements, environment)
    return kept.exists() and kept.read_text() == fingerprint(requirements)


def made_by(environment: Path) -> str | None:
    """The Python version an environment was made with; None when there is none, or half of one."""
    settings = environment / "pyvenv.cfg"
    if not settings.exists() or not (environment / PYTHON.relative_to(VENV)).exists():
        return None
    pairs = (line.partition("=") for line in settings.read_text().splitlines())
    return next((value.strip() for key, _, value in pairs if key.strip() == "version"), None)


def create(environment: Path = VENV) -> None:
    """Make the environment anew, with pip in it."""
    print(f"Making a virtual environment with Python {platform.python_version()} in {environment.name} ...", flush=True)
    try:
        venv.create(environment, clear=True, with_pip=True, symlinks=sys.platform != "win32")
    except subprocess.CalledProcessError:
        sys.exit(
            "This Python cannot put pip into a new environment. On Debian and Ubuntu: apt-get install python3-venv"
        )


def main(names: list[str]) -> int:
    """Bring the environment to the named requirements files; the exit status."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        sys.exit(
            f"Python {wanted} or newer is needed, this is {platform.python_version()}: make PYTHON=python{wanted} ..."
        )
    if made_by(VENV) != platform.python_version():
        create()
    missing = [name for name in names if not is_current(ROOT / name)]
    if not missing:
        return 0
    return subprocess.run([PYTHON, "-m", "tools.install", *missing], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
