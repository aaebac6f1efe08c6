"""docs/data.md: its worked example works, and it explains every reason that rows can be refused for."""

import ast
import re
from pathlib import Path

from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping import ASKED
from data_access.intake.foreign.mapping_file import parse_mapping
from data_access.intake.foreign.names import Names
from tools.measure_exports import known

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_worked_example_works(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(block("csv"), encoding="utf-8")
    found = list(chunks(path, parse_mapping(block("yaml"), "ours.yaml"), Names(known())))
    rows = [row for one in found if not one.made for row in one.table.to_pylist()]
    assert [row["outcome"] for row in rows] == ["relief", None, "unstated"]
    assert rows[0]["office"] == "complaints-in-works-in-sindh"
    assert not [one for one in found if one.unreadable is not None]


def test_every_field_is_named() -> None:
    words = set(re.findall(r"\w+", PAGE))
    assert not (ASKED["case"] | ASKED["event"]) - words


def test_every_reason_of_a_mapping_is_explained() -> None:
    """Reasons are texts handed to `refuse`, `Unnamed` or kept as constants: their first words stand on the page."""
    missing = []
    for path in (ROOT / "data_access" / "intake" / "foreign").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                first = re.match(r"(says that|is not|is no|has no|has not|names|holds|is a key)\b[^;{]*", node.value)
                if first and "\n" not in node.value and first[0].strip()[:24] not in PAGE:
                    missing.append(f"{path.name}:{node.lineno}: {node.value}")
    assert not missing
