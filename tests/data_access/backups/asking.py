"""Backups that are asked for, and what is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.backups.manifest import BackupProblem
from data_access.backups.restore import restore

ROOT = Path(__file__).parents[3]


def refused(path: Path, url: str) -> str:
    """Why it is not restored; nothing is left where it would be."""
    with pytest.raises(BackupProblem) as problem:
        restore(url, path)
    home = Path(url.removeprefix("duckdb:///")).parent
    assert not home.exists() or list(home.iterdir()) == []
    assert "\n" not in str(problem.value)
    return str(problem.value)


def called(url: str, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """A command, as a person calls it."""
    command = f'{before}"{sys.executable}" -m data_access ' + " ".join(words)
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(
        ["sh", "-c", command], check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )
