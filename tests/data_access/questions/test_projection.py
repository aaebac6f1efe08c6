"""The projection: the pace goes on, and the band is as wide as the same rule was off before."""

from datetime import date

import numpy as np

from data_access.database import Database
from data_access.questions.projection import FEWEST, WEEKS, errors, paces, projection
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything


def test_a_backlog_that_grows_evenly_is_told_exactly() -> None:
    backlog = np.arange(200) * 3
    assert set(paces(backlog).tolist()) == {3.0}
    off = errors(backlog, 30)
    assert len(off) == len(range(200 - 7 * WEEKS - 30 - 1, -1, -7))
    assert not off.any()


def test_a_turn_of_the_pace_is_in_the_trials() -> None:
    backlog = np.concatenate([np.zeros(100), np.arange(100)])
    off = errors(backlog, 7)
    assert off.max() > 6  # the first week after the turn: nothing was expected
    assert off[0] == 0  # the newest


def test_the_weeks_and_what_lies_ahead(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        table = projection(snapshot, view_of(snapshot, asked("by=2019-04-20"), ahead=True))
    ahead = table[table["pending"].isna()]
    assert table["week_ending"].tolist()[-3:] == [date(2019, 4, day) for day in (10, 17, 20)]
    assert table["pending"].dropna().tolist()[-1] == 4  # 3, 4, 5 and 7 are open
    assert ahead["trials"].tolist() == [8, 7]
    known = ahead["low"].notna().tolist()
    assert known == [trials >= FEWEST for trials in ahead["trials"]]


def test_a_young_database_has_no_pace(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        table = projection(snapshot, view_of(snapshot, asked("as_of=2019-02-10"), ahead=True))
    assert table["expected"].isna().all()
    assert table["week_ending"].tolist()[-1] == date(2019, 2, 10)
