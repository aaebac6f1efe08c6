"""How far an import is."""

import pytest

from data_access.intake.progress import Progress
from data_access.intake.stopping import Cancelled


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_tells_rows_rate_and_what_is_left() -> None:
    clock = Clock()
    progress = Progress([300, 100], clock)
    assert (progress.line(), progress.left) == ("reading · 0% read · 0 rows", None)
    clock.now = 30.0
    first = progress.at(0)
    first(0.5, 60_000)
    progress.say("taking in 60,000 case rows")
    assert progress.left == pytest.approx(50.0)
    assert progress.line() == ("taking in 60,000 case rows · 38% read · 60,000 rows · 2,000 rows a second · 50 s left")
    first(1.0, 120_000)
    second = progress.at(1)
    second(1.0, 30_000)
    assert (progress.share, progress.rows) == (1.0, 150_000)
    assert "left" not in progress.line()


def test_empty_files_take_no_time() -> None:
    progress = Progress([0], Clock())
    progress.at(0)(1.0, 0)
    assert (progress.share, progress.rate) == (0.0, 0.0)


def test_it_can_be_stopped() -> None:
    progress = Progress([1])
    progress.say("reading")
    progress.stop()
    assert progress.stopped
    with pytest.raises(Cancelled, match="nothing of it has landed"):
        progress.say("taking in")
    assert progress.doing == "reading"


def test_files_may_be_read_in_another_order() -> None:
    progress = Progress([300, 100], Clock())
    progress.at(1)(1.0, 5)
    assert progress.share == 0.25
    progress.at(0)(0.5, 5)
    assert (progress.share, progress.rows) == (0.625, 10)
