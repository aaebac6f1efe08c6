"""Installs pinned requirements into the environment it runs in, showing progress instead of pip's own lines.

Started by `tools/environment.py`, which knows whether there is anything to do.
"""

import re
import subprocess
import sys
from collections import deque
from pathlib import Path
from time import monotonic

from tools import say
from tools.environment import ROOT, fingerprint, stamp

CHANGES = re.compile(r"^(Collecting|Requirement already satisfied:|Installing collected packages)\s*([\w.-]*)")
LINES_WORTH_SHOWING = 25
"""Of pip's output, when it fails."""


def pins(files: list[Path]) -> set[str]:
    """The packages that the files pin."""
    lines = (line.partition("#")[0].strip() for file in files for line in file.read_text().splitlines())
    return {line for line in lines if line}


def install(files: list[Path]) -> bool:
    """Install what the files pin, all at once; whether it worked."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--progress-bar=off",
        "--no-input",
        "--disable-pip-version-check",
    ]
    tail: deque[str] = deque(maxlen=LINES_WORTH_SHOWING)
    with (
        subprocess.Popen(
            [*command, *(f"--requirement={file}" for file in files)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as pip,
        say.progress(len(pins(files)) + 1) as step,
    ):
        for line in pip.stdout or ():
            tail.append(line)
            if found := CHANGES.match(line):
                step("unpacking them" if found[1].startswith("Installing") else found[2])
    if pip.returncode:
        sys.stdout.writelines(tail)
    return pip.returncode == 0


def main(names: list[str]) -> int:
    """Install the named requirements files; the exit status."""
    files = [ROOT / name for name in names]
    start = monotonic()
    say.headline(f"Installing the {len(pins(files))} packages of {' and '.join(names)} (once; a minute or two)")
    if not install(files):
        say.result(False, "pip could not install them; its last lines are above.")
        say.next_steps("Check the connection to the package index, then run the same command again.")
        return 1
    for file in files:
        stamp(file).write_text(fingerprint(file))
    say.result(True, f"Installed in {say.elapsed_since(start)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
