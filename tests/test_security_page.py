"""docs/security.md names tests and settings that exist."""

import re
from pathlib import Path
from typing import Any

import pytest

from data_access.settings import Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", PAGE)))
SETTINGS = sorted(set(re.findall(r"`([A-Z][A-Z_]{5,})`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    text = (ROOT / path).read_text()
    assert re.search(rf"^def {name}\(" if name else r"^def test_", text, re.MULTILINE)


def variables() -> set[str]:
    """The variables of the environment that settings read."""
    asked: set[str] = set()

    class Environment(dict[str, str]):
        def get(self, name: str, default: Any = None) -> Any:
            asked.add(name)
            return {"SECRET_KEY": "x" * 32}.get(name, default)

    Settings.from_environment(Environment())
    return asked


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_is_named_is_one(setting: str) -> None:
    assert setting in variables()
    assert f"`{setting}`" in (ROOT / "README.md").read_text()


def test_every_row_names_a_test_or_a_setting() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| who", "| item"))]
    assert len(rows) >= 40
    assert all("tests/" in row or re.search(r"`[A-Z_]{6,}`", row) for row in rows)
