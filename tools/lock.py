"""Pins what the `.in` files ask for, with everything that needs: `requirements.txt`, then `requirements-dev.txt`."""

import subprocess
import sys

from tools import say
from tools.environment import ROOT

OPTIONS = (
    "--quiet",
    "--strip-extras",
    "--allow-unsafe",  # setuptools is a dependency of dash: what is installed is pinned
    "--annotation-style=line",
    # Which index a machine uses is that machine's business, and no business of the file's.
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)


def main(arguments: list[str]) -> int:
    """Compile both files, passing the arguments (such as --upgrade) on; the exit status."""
    for name in ("requirements", "requirements-dev"):
        say.headline(f"Pinning {name}.in")
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *arguments]
        status = subprocess.run([*command, f"--output-file={name}.txt", f"{name}.in"], cwd=ROOT).returncode
        if status:
            return status
    say.next_steps("make test                 try the new versions", "make lock ARGS=--upgrade  take the newest of all")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
