"""Asks whether known holes are in what is installed for running: `make audit`, by pip-audit at osv.dev.

It needs the internet, so `make test` does not call it. Exit status: 0 nothing known, 1 holes, 2 our own files are
wrong, 3 nobody could be asked. `OSV_URL` names another service that speaks OSV's language.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools import say
from tools.environment import ROOT

REQUIREMENTS = ROOT / "requirements.txt"
EXCEPTIONS = ROOT / "tools" / "audit_exceptions.toml"
SERVICE = "https://api.osv.dev/v1/query"
CLEAN, HOLES, OURS, NOBODY = 0, 1, 2, 3
SECONDS = 15
"""How long the service may take for one package."""


class ExceptionsProblem(ValueError):
    """The list of exceptions cannot be taken; the message says why."""


def exceptions_in(path: Path) -> Mapping[str, str]:
    """Advisory -> why it does not concern us. Raises ExceptionsProblem."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ExceptionsProblem(f"{path.name} cannot be read: {error}.") from error
    for advisory, why in found.items():
        if not isinstance(why, str) or not why.strip():
            raise ExceptionsProblem(f'{path.name} gives no reason for {advisory}; write {advisory} = "why".')
    return found


def ask(requirements: Path, service: str) -> list[dict[str, Any]] | None:
    """What is known of each pinned package; None when the service did not answer for every one of them."""
    options = ("--disable-pip", "--no-deps", "--progress-spinner=off", "--format=json", f"--timeout={SECONDS}")
    command = (sys.executable, "-m", "pip_audit", *options, "--vulnerability-service=osv", f"--osv-url={service}")
    done = subprocess.run([*command, f"--requirement={requirements}"], cwd=ROOT, capture_output=True)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):  # it stops with a traceback where the network does
        return None
    return None if any("skip_reason" in package for package in found) else found


def holes_in(found: list[dict[str, Any]]) -> Iterator[tuple[frozenset[str], str]]:
    """All names of each advisory, and a line that says what it is."""
    for package in found:
        for hole in package["vulns"]:
            mended = ", ".join(hole["fix_versions"]) or "no version yet"
            line = f"{hole['id']} in {package['name']} {package['version']}, mended in {mended}: {hole['description']}"
            yield frozenset({hole["id"], *hole["aliases"]}), line


def audit(requirements: Path = REQUIREMENTS, exceptions: Path = EXCEPTIONS, service: str = SERVICE) -> int:
    """Ask, and say what was found; the exit status."""
    try:
        excepted = exceptions_in(exceptions)
    except ExceptionsProblem as problem:
        say.result(False, str(problem))
        return OURS
    found = ask(requirements, service)
    if found is None:
        say.result(
            False,
            f"Nobody could be asked: {service} did not answer for all of {requirements.name}; check the connection, or "
            "name another service in OSV_URL.",
        )
        return NOBODY
    status, met = CLEAN, set()
    for names, line in holes_in(found):
        why = sorted(names & excepted.keys())
        met |= set(why)
        say.result(bool(why), f"{line} (excepted: {excepted[why[0]]})" if why else line)
        status = status if why else HOLES
    for advisory in sorted(excepted.keys() - met):
        print(f"{advisory} is excepted in {exceptions.name} and found no more; take it out.")
    say.result(status == CLEAN, f"{len(found)} packages of {requirements.name} were asked for.")
    return status


def main(arguments: list[str]) -> int:
    """Audit what runs, or the requirements files that are named."""
    say.headline("Known holes in what is installed (pip-audit)")
    named = [ROOT / name for name in arguments] or [REQUIREMENTS]
    return max(audit(path, service=os.environ.get("OSV_URL") or SERVICE) for path in named)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
