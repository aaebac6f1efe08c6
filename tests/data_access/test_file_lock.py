"""A file is held by one at a time, and by nobody who was killed."""

import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

from data_access.file_lock import hold, holding, is_held

ROOT = Path(__file__).parents[2]
OTHER = """
import sys
from pathlib import Path
from data_access.file_lock import holding
with holding(Path(sys.argv[1])) as lock:
    print("held" if lock is not None else "refused", flush=True)
    sys.stdin.read()
"""


def other(path: Path) -> subprocess.Popen[str]:
    """Another process that wants the file, when it has said whether it has it."""
    return subprocess.Popen([sys.executable, "-c", OTHER, str(path)], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_one_at_a_time_over_processes(tmp_path: Path) -> None:
    file = tmp_path / "turn"
    with other(file) as first:
        assert said(first) == "held"
        assert is_held(file)
        assert hold(file) is None
        first.kill()
        first.wait()
    assert file.exists()  # it was left over, and nobody holds it
    assert not is_held(file)
    with holding(file) as lock:
        assert lock is not None
        with other(file) as second:
            assert said(second) == "refused"
            second.communicate()
        assert is_held(file)  # who was refused has taken nothing away
        with holding(file) as again:
            assert again is None
        assert is_held(file)
    assert not file.exists()
    assert not is_held(file)


def test_who_was_faster_and_is_done_leaves_it_free(tmp_path: Path) -> None:
    """What was opened and is not the file any more when it is held is nobody's turn."""
    file = tmp_path / "turn"
    with holding(file), holding(file) as refused:
        assert refused is None
    with holding(file) as lock:
        assert lock is not None
        assert is_held(file)
