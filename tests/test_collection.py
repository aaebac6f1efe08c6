"""Files and folders of tests are asked for in any order: each finds the fixtures of its folders."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE, OUTER, FOLDER = "tests/data_access/test_reader.py", "tests/test_collection.py", "tests/data_access/briefings"
DEEPER, OTHER = (f"tests/data_access/accounts/test_{name}.py" for name in ("audit", "sign_in"))


@pytest.mark.parametrize("asked", [(FILE, OUTER, FOLDER), (DEEPER, FILE, OTHER)], ids=["folder", "deeper"])
def test_fixtures_are_found_whatever_is_asked_together(asked: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pytest", "--setup-plan", "-q", "-p", "no:cacheprovider", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert all(one in done.stdout for one in asked)
    assert "not found" not in done.stdout
