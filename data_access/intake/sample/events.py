"""The events of each complaint, in strict order of time."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from data_access.intake.canonical import EVENT_KINDS, OUTCOMES
from data_access.intake.sample.answers import Habits
from data_access.intake.sample.clock import DAY, Clock
from data_access.intake.sample.columns import coded, times
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.holders import MOST, Paths
from data_access.intake.sample.numbers import Flags, Ints, Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.published import DAYS
from data_access.intake.sample.reopenings import Rounds

STEP: Final = 60
"""Seconds between two events of a complaint, at least."""
ASSIGNED: Final = 0.62
"""Share of complaints that an office hands to one of its own."""
SECOND_PHASE: Final = 0.3
"""Of reopened complaints that were transferred, how many only after the reopening."""
NONE: Final = -1


@dataclass
class Log:
    """Events as they are written down: `complaint` by place; `office`, `outcome`, `satisfied` NONE when empty."""

    parts: list[tuple[Ints, Ints, Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def write(
        self,
        kind: str,
        complaint: Ints,
        second: Ints,
        office: Ints | None = None,
        outcome: Ints | None = None,
        satisfied: Flags | None = None,
    ) -> None:
        """Adds one event for each of these complaints."""
        empty = np.full(len(complaint), NONE, dtype=np.int32)
        code = np.full(len(complaint), EVENT_KINDS.index(kind), dtype=np.int8)
        said = empty.astype(np.int8) if satisfied is None else satisfied.astype(np.int8)
        place = empty if office is None else office.astype(np.int32)
        end = empty.astype(np.int8) if outcome is None else outcome.astype(np.int8)
        # Copied: the story goes on to move its own times.
        self.parts.append((complaint, second.copy(), code, place, end, said))

    def rows(self, offices: Offices) -> pa.Table:
        """Canonical rows, by complaint and time."""
        complaint, second, kind, office, outcome, satisfied = (
            np.concatenate(part) for part in zip(*self.parts, strict=True)
        )
        order = np.argsort(complaint << 26 | second)
        complaint, second, satisfied = complaint[order], second[order], satisfied[order]
        return pa.table(
            {
                "complaint": pa.array(complaint + 1),
                "happened_at": times(second),
                "kind": coded(kind[order], EVENT_KINDS),
                "office": coded(office[order], offices.slugs),
                "outcome": coded(outcome[order], OUTCOMES),
                "satisfied": pa.array(satisfied == 1, mask=satisfied == NONE),
            }
        )


class Story:
    """Writes the events of all complaints, phase by phase: until the first closing that is undone, and so on."""

    def __init__(self, those: Complaints, path: Paths, habits: Habits, work: Clock, citizens: Clock, rng: Rng) -> None:
        self.log, self.habits, self.work, self.citizens, self.rng = Log(), habits, work, citizens, rng
        self.path, self.now = path, those.second.copy()
        self.office, self.hop = path.first(), np.zeros(len(self.now), dtype=np.int64)
        self.everyone = np.arange(len(self.now))

    def tell(self, final: Ints, first: Rounds, second: Rounds) -> Log:
        """The whole story."""
        self.log.write("received", self.everyone, self.now, self.office)
        until = np.minimum(final, DAYS * DAY - 1)
        self._assign(np.where(first.there(), first.closed, until))
        waiting = first.there() & (self.rng.random(len(final)) < SECOND_PHASE)
        for one in (first, second):
            mine = np.flatnonzero(one.there())
            self._transfer(mine[~waiting[mine]], one.closed)
            waiting[:] = False
            self._close(mine, one.closed, undone=True)
            self._reopen(mine, one)
        self._transfer(self.everyone, until)
        self._close(np.flatnonzero(final < DAYS * DAY), final, undone=False)
        return self.log

    def _assign(self, until: Ints) -> None:
        """An office hands a complaint to one of its own, within a day or two."""
        chance = ASSIGNED * (until - self.now > 3 * 3600)
        mine = np.flatnonzero(self.rng.random(len(until)) < chance)
        begin, end = self.work.read(self.now[mine]), self.work.read(until[mine])
        step = np.minimum(self.rng.standard_exponential(len(mine)) * 0.7, 0.3 * (end - begin))
        second = self.work.when(begin + step).astype(np.int64)
        # Room is left for every transfer and the closing.
        self.now[mine] = np.clip(second, self.now[mine] + STEP, until[mine] - (MOST + 2) * STEP)
        self.log.write("assigned", mine, self.now[mine], self.office[mine])

    def _transfer(self, those: Ints, until: Ints) -> None:
        """All transfers that these complaints have still to go through, before `until`."""
        hops = self.path.hops
        for _ in range(MOST):
            those = those[self.hop[those] < hops[those]]
            if not len(those):
                return
            left = hops[those] - self.hop[those]
            begin, end = self.work.read(self.now[those]), self.work.read(until[those])
            step = np.minimum(self.rng.standard_exponential(len(those)) * 2.2, 0.6 / left * (end - begin))
            second = self.work.when(begin + step).astype(np.int64)
            self.now[those] = np.clip(second, self.now[those] + STEP, until[those] - (left + 1) * STEP)
            self.hop[those] += 1
            beyond = self.hop[those] == hops[those]
            following = self.path.before[those, np.minimum(self.hop[those], MOST - 1)]
            self.office[those] = np.where(beyond, self.path.last[those], following)
            self.log.write("transferred", those, self.now[those], self.office[those])

    def _close(self, those: Ints, when: Ints, undone: bool) -> None:
        """Closes these complaints; some closings do not name the office. Undone ones have their answers with them."""
        office = self.office[those]
        outcome = self.habits.outcome(office, np.full(len(those), undone), self.rng)
        named = np.where(self.rng.random(len(those)) < 0.85, office, NONE)
        self.log.write("closed", those, when[those], named, outcome)
        self.now[those] = when[those]
        if not undone:
            self._answer(those, office, outcome)

    def _answer(self, those: Ints, office: Ints, outcome: Ints) -> None:
        """Citizens say what they think of a closing, most within a week."""
        mine = np.flatnonzero(self.rng.random(len(those)) < self.habits.answered[office] * 0.98)
        begin = self.now[those[mine]]
        wait = self.rng.standard_exponential(len(mine)) * 4.0
        second = np.maximum(self.citizens.when(self.citizens.read(begin) + wait).astype(np.int64), begin + STEP)
        there = second < DAYS * DAY
        mine, second = mine[there], second[there]
        satisfied = self.habits.satisfied(office[mine], outcome[mine], self.rng)
        self.log.write("feedback", those[mine], second, satisfied=satisfied)

    def _reopen(self, those: Ints, one: Rounds) -> None:
        """Reopens these complaints, four of five right after an answer, nearly always a dissatisfied one."""
        when = one.reopened[those]
        told = self.rng.random(len(those)) < 0.8
        second = np.maximum(when - self.rng.integers(STEP, 1800, len(those)), (one.closed[those] + when) // 2)
        content = self.rng.random(len(those)) < 0.03
        self.log.write("feedback", those[told], second[told], satisfied=content[told])
        named = np.where(self.rng.random(len(those)) < 0.6, self.office[those], NONE)
        self.log.write("reopened", those, when, named)
        self.now[those] = when


def held_until(final: Ints, first: Rounds) -> Ints:
    """Seconds until the first closing, or the newest moment."""
    return np.where(first.there(), first.closed, np.minimum(final, DAYS * DAY - 1))
