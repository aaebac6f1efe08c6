"""Runs every check of the project, all of them even when one fails. `make test` is this.

One after the other, but for the types: without what mypy remembers of the last run, they take one core for a minute,
and what the others leave of the machine is enough for that.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import IO

from tools import chromium, office, say
from tools.environment import ROOT

HOUSE = ("data_access", "dashboard", "layouts", "callbacks", "app.py", "tools", "tests")
WORKERS = 2
"""One for each core of the smallest machine we build for; each starts its own PostgreSQL."""


# An image may forbid it for what it serves: here every program that a test starts would compile all of the house anew.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True)
class Check:
    """One check: what it asks, how it is run, and what to do when it fails.

    `begin` begins what can go on beside the checks before it.
    """

    name: str
    run: Callable[[], bool]
    remedy: str
    begin: Callable[[], object] = lambda: None


def command(*words: str) -> Callable[[], bool]:
    """A check that is a module of the environment, run with these words."""
    environ = {**os.environ, **COMPILED}
    program = [sys.executable, "-m", *words]
    return lambda: subprocess.run(program, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL).returncode == 0


def quiet(*words: str) -> Callable[[], bool]:
    """The same for one that talks even when nothing is wrong: what it says is shown when it fails."""

    def run() -> bool:
        done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            print(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), sep="\n", flush=True)
        return done.returncode == 0

    return run


def beside(name: str, remedy: str, *words: str) -> Check:
    """A check that goes on beside those before it, and says what it has to say in its turn."""

    @cache
    def begun() -> tuple[subprocess.Popen[bytes], IO[bytes]]:
        said = tempfile.TemporaryFile()  # noqa: SIM115  # whoever waits for it closes it
        program = [sys.executable, "-m", *words]
        return subprocess.Popen(program, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=said), said

    def run() -> bool:
        process, said = begun()
        with process, said:
            process.wait()
            said.seek(0)
            print(said.read().decode(errors="replace"), end="", flush=True)
        return process.returncode == 0

    return Check(name, run, remedy, begun)


def checks(long: bool, arguments: list[str]) -> list[Check]:
    """The checks in order, cheapest first; the types wait for the tests."""
    sources = [name for name in HOUSE if (ROOT / name).exists()]
    served = [name for name in sources if name != "tests"]
    marks = ("-m", "long or not long") if long else ()
    pytest = ("pytest", "-n", str(WORKERS), "--dist", "loadgroup", "--no-loadscope-reorder", *marks, *arguments)
    return [
        Check("Rules of the code (ruff check)", command("ruff", "check", "."), "make format mends most of it"),
        Check("Layout of the code (ruff format)", command("ruff", "format", "--check", "."), "make format mends it"),
        Check("Dangers (bandit)", quiet("bandit", "-q", "-c", "pyproject.toml", "-r", *served), "# nosec RULE  # why"),
        Check("Tests (pytest)", command(*pytest), ".venv/bin/python -m pytest -x --last-failed for the first failure"),
        beside("Types (mypy)", ".venv/bin/python -m mypy FILE for one file", "mypy", *sources),
    ]


def main(arguments: list[str]) -> int:
    """Run all checks; `--long` first means the slow tests too, the rest goes to pytest. The exit status."""
    long = arguments[:1] == ["--long"]
    if not chromium.ensure() or (long and not office.ensure()):
        return 1
    outcomes: list[tuple[Check, bool, str]] = []
    begin = monotonic()
    every = checks(long, arguments[1:] if long else arguments)
    for check in every:
        check.begin()
    for check in every:
        say.headline(check.name)
        start = monotonic()
        outcomes.append((check, check.run(), say.elapsed_since(start)))
    say.headline(f"In all {say.elapsed_since(begin)}")
    for check, good, elapsed in outcomes:
        say.result(good, f"{check.name} [dim]{elapsed}[/dim]")
    remedies = [f"{check.name}: {check.remedy}" for check, good, _ in outcomes if not good]
    if remedies:
        say.next_steps(*remedies)
    else:
        say.next_steps("make run        serve the dashboard", *([] if long else ["make test-long  the slow tests too"]))
    return 1 if remedies else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
