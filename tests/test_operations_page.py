"""docs/operations.md names settings, metrics, commands and addresses that are there, and leaves no setting out."""

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # has no types of its own

from dashboard.panels.answers import Heard
from dashboard.web.metrics.data import DataCollector, Patience
from dashboard.web.metrics.figures import Metrics
from dashboard.web.metrics.viewers import Viewers
from dashboard.web.observing import Seen
from data_access.__main__ import parser
from data_access.freshness import Freshness
from tests.app.oracle import ROUTES
from tests.test_security_page import variables

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text()
README = (ROOT / "README.md").read_text()
SETTINGS = PAGE.partition("## Settings")[2]
BLOCKS = re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_every_setting_is_listed_and_every_one_that_is_listed_is_read() -> None:
    assert set(re.findall(r"`([A-Z][A-Z_]+)`", SETTINGS)) == variables()


def test_the_readme_explains_every_setting() -> None:
    rows = README.partition("## Settings")[2].partition("## Where")[0]
    first = [row.split("|")[1] for row in rows.splitlines() if row.startswith("| `")]
    assert {name for cell in first for name in re.findall(r"`([A-Z_]+)`", cell)} == variables()


def counted() -> str:
    """What /metrics says when everything has been counted once."""
    metrics = Metrics(DataCollector(Patience(lambda: Freshness(1))), Viewers())
    metrics.saw(Seen("x", "GET", "/live", 200, 0.01, 5))
    for seconds in (None, 0.1):
        metrics.heard(Heard("totals", seconds, kept=True))
    return metrics.text().decode()


def test_metrics_that_are_named_are_there() -> None:
    named = set(re.findall(r"\bjawabdeh_[a-z_]+", PAGE)) | {"process_resident_memory_bytes", "process_open_fds"}
    there = set(re.findall(r"^# TYPE (\w+)", counted(), re.MULTILINE))
    data = {"jawabdeh_data_age_seconds", "jawabdeh_data_age_days"}  # of data that there are
    assert {name.removesuffix("_bucket") for name in named} <= there | data
    assert {name for name in there | data if name.startswith("jawabdeh_")} <= named


def test_rules_and_configurations_are_well_formed() -> None:
    (rules,) = (yaml.safe_load(block) for block in BLOCKS if block.startswith("groups:"))
    assert len(rules["groups"][0]["rules"]) >= 5
    (scraped,) = (yaml.safe_load(block) for block in BLOCKS if block.startswith("scrape_configs:"))
    assert scraped["scrape_configs"][0]["static_configs"][0]["targets"] == ["127.0.0.1:8050"]


@pytest.mark.parametrize("words", sorted(set(re.findall(r"python -m data_access ([a-z]+(?: [a-z]+)?)", PAGE))))
def test_commands_that_are_named_are_there(words: str) -> None:
    help_of = {"accounts add": "accounts add", "accounts reset": "accounts reset"}.get(words, words.split()[0])
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*help_of.split(), "--help"])
    assert left.value.code == 0


def test_addresses_that_are_named_are_there() -> None:
    named = set(re.findall(r"`(/(?:admin|api|healthz|readyz|metrics|live)[\w/-]*)`", PAGE))
    assert len(named) >= 6
    assert named <= ROUTES.keys()


def test_files_that_are_named_are_there() -> None:
    for name in ("compose.yaml", ".env.example", "requirements.txt", "app.py"):
        assert name in PAGE
        assert (ROOT / name).exists()
