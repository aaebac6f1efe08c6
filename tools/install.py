"""Installs pinned requirements into the environment it runs in, showing progress instead of pip's own lines.

Started by `tools/venv.py`, which knows whether there is anything to do.
"""

import re
import subprocess
import sys
from collections import deque
from pathlib import Path
from time import monotonic

from tools import say
from tools.venv import ROOT, fingerprint, stamp

CHANGES = re.compile(r"^(Collecting|Requirement already satisfied:|Installing collected packages)\s*([\w.-]*)")
LINES_WORTH_SHOWING = 25
"""Of pip's output, when it fails."""


def pins(requirements: Path) -> int:
    """How many packages the file pins."""
    return sum("==" in line.partition("#")[0] for line in requirements.read_text().splitlines())


def install(requirements: Path) -> bool:
    """Install what the file pins; whether it worked."""
    command = [sys.executable, "-m", "pip", "install", "--progress-bar=off", "--no-input", "--disable-pip-version-check"]
    tail: deque[str] = deque(maxlen=LINES_WORTH_SHOWING)
    with (
        subprocess.Popen(
            [*command, "--requirement", requirements],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as pip,
        say.progress(pins(requirements) + 1) as step,
    ):
        for line in pip.stdout or ():
            tail.append(line)
            if found := CHANGES.match(line):
                step("unpacking them" if found[1].startswith("Installing") else found[2])
    if pip.returncode:
        sys.stdout.writelines(tail)
    return pip.returncode == 0


def main(names: list[str]) -> int:
    """Install the named requirements files one after the other; the exit status."""
    for requirements in (ROOT / name for name in names):
        start = monotonic()
        say.headline(f"Installing the {pins(requirements)} packages of {requirements.name} (once; a minute or two)")
        if not install(requirements):
            say.result(False, f"pip could not install {requirements.name}; its last lines are above.")
            say.next_steps("Check the connection to the package index, then run the same command again.")
            return 1
        stamp(requirements).write_text(fingerprint(requirements))
        say.result(True, f"Installed in {say.elapsed_since(start)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
