"""Programs that tests need of the system: installed by apt where that is allowed, else asked for."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from time import monotonic

from tools import say


def installed(name: str, package: str, found: Callable[[], bool], advice: str) -> bool:
    """Install a program that is missing; whether it is there then. `advice` says how to do it by hand."""
    prefix = as_root() if shutil.which("apt-get") else None
    if prefix is None:
        say.result(False, f"The tests need {name}. {advice}")
        return False
    say.headline(f"Installing {name} by apt for the tests (once; a minute or so)")
    start = monotonic()
    done = install(prefix, package) and found()
    say.result(done, f"Installed in {say.elapsed_since(start)}." if done else f"apt could not install it. {advice}")
    return done


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without being asked; None when that is not possible."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
    return None if asked.returncode else ["sudo", "-n"]


def install(prefix: list[str], package: str) -> bool:
    """Install a package by apt; whether it worked. Its output is shown only when it did not."""
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y"]
    steps = {
        "reading the package lists": [*environment, "update"],
        "installing": [*environment, "install", "--no-install-recommends", package],
    }
    with say.progress(None) as step, tempfile.TemporaryFile("w+") as output:
        for name, command in steps.items():
            step(name)
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output).returncode:
                output.seek(0)
                say.console.print(output.read(), markup=False)
                return False
    return True
