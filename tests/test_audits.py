"""bandit and pip-audit: what they find, what is excepted and why, and what is said when nobody can be asked."""

import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tools import audit, check

ROOT = Path(__file__).parent.parent
SAFE = "# nothing is excepted\n"
HOLE = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "aliases": ["CVE-2031-1"],
    "summary": "colours the wrong bit",
    "affected": [
        {
            "package": {"name": "colorama", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0.4.7"}]}],
        }
    ],
}


@dataclass
class Osv:
    """A service of advisories: what it knows of a package, and the status it answers with."""

    holes: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: int = 200
    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def osv() -> Iterator[Osv]:
    service = Osv()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
            service.asked.append(name)
            body = json.dumps({"vulns": [service.holes[name]]} if name in service.holes else {}).encode()
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        service.address = f"http://127.0.0.1:{server.server_port}/v1/query"
        yield service
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Files:
    """What is installed, and what is excepted."""

    folder: Path

    def audit(self, service: Osv, excepted: str = SAFE) -> int:
        (self.folder / "requirements.txt").write_text("colorama==0.4.6\nwheel==0.40.0\n")
        (self.folder / "exceptions.toml").write_text(excepted)
        return audit.audit(self.folder / "requirements.txt", self.folder / "exceptions.toml", service.address)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_every_package_is_asked_for(files: Files, osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    assert files.audit(osv) == 0
    assert sorted(osv.asked) == ["colorama", "wheel"]
    assert "2 packages of requirements.txt were asked for." in capsys.readouterr().out


def test_a_hole_is_named_with_what_mends_it(files: Files, osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    osv.holes["colorama"] = HOLE
    assert files.audit(osv) == 1
    line = "CVE-2031-1 in colorama 0.4.6, mended in 0.4.7: colours the wrong bit"
    assert line in capsys.readouterr().out


@pytest.mark.parametrize("name", ["GHSA-aaaa-bbbb-cccc", "CVE-2031-1"])
def test_an_exception_is_told_with_its_reason(
    files: Files, osv: Osv, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    osv.holes["colorama"] = HOLE
    assert files.audit(osv, f'{name} = "we print no colours"\n') == 0
    assert "(excepted: we print no colours)" in capsys.readouterr().out


def test_an_exception_that_is_needed_no_more_is_told(
    files: Files, osv: Osv, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files.audit(osv, 'CVE-2031-1 = "we print no colours"\n') == 0
    assert "CVE-2031-1 is excepted in exceptions.toml and found no more; take it out." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("excepted", "said"),
    [
        ('CVE-2031-1 = ""\n', "exceptions.toml gives no reason for CVE-2031-1"),
        ("CVE-2031-1 = 4\n", "exceptions.toml gives no reason for CVE-2031-1"),
        ("CVE-2031-1\n", "exceptions.toml cannot be read"),
    ],
)
def test_an_exception_without_a_reason_is_none(
    files: Files, osv: Osv, capsys: pytest.CaptureFixture[str], excepted: str, said: str
) -> None:
    assert files.audit(osv, excepted) == 2
    assert said in capsys.readouterr().out
    assert not osv.asked


def test_when_nobody_can_be_asked_one_sentence_says_so(
    files: Files, osv: Osv, capsys: pytest.CaptureFixture[str]
) -> None:
    osv.status = 503
    assert files.audit(osv) == 3
    osv.address = "http://127.0.0.1:1/v1/query"
    assert files.audit(osv) == 3
    said = capsys.readouterr().out.strip().splitlines()
    begin = "✗ Nobody could be asked: http://127.0.0.1:1/v1/query did not answer for all of requirements.txt; check"
    assert said[1].startswith(begin)
    assert len(said) == 2


def test_our_own_exceptions_each_have_a_reason() -> None:
    assert all(why for why in audit.exceptions_in(audit.EXCEPTIONS).values())


def test_make_test_looks_for_dangers_in_all_that_runs(tmp_path: Path) -> None:
    found = next(one for one in check.checks(False, []) if "bandit" in one.name)
    assert found.run()
    (tmp_path / "careless.py").write_text("import pickle\npickle.loads(input().encode())\n")
    command = [sys.executable, "-m", "bandit", "-q", "-c", str(ROOT / "pyproject.toml"), "-r", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "B301" in done.stdout


def test_every_exception_from_bandit_names_its_rule_and_its_reason() -> None:
    lines = [
        (path.relative_to(ROOT), line)
        for name in check.HOUSE
        for path in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "# nosec" in line and path != Path(__file__) and path != ROOT / "tools" / "check.py"
    ]
    assert lines
    assert not [found for found in lines if not re.search(r"# nosec B\d{3}(, B\d{3})*  # \S", found[1])]
    skips = re.search(r"\[tool\.bandit\]\nskips = \[\n(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)
    assert skips is not None
    assert all(re.fullmatch(r'  "B\d{3}", # \S.+', line) for line in skips.group(1).splitlines())
