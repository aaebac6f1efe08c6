"""Invents what happens in a span of simulated time, as rows for the door."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from data_access.intake.feed.habits import Habits
from data_access.intake.feed.patterns import Patterns
from data_access.intake.feed.pool import UNANSWERED, Pool
from data_access.intake.feed.rhythm import CITIZENS, OFFICES, Rhythm, Times
from data_access.intake.sample.numbers import Flags, Floats, Ints, Rng, draw
from data_access.measures import OUTCOMES

ANSWER_PATIENCE: Final = 4.0
REOPEN_PATIENCE: Final = 7.0
"""Days after a closing, on average, until its citizen answers or has it reopened."""
TOLD: Final = 0.8
"""Share of reopenings that an answer announces, unless it was given before."""
CONTENT: Final = 0.05
"""How readily a satisfied citizen has a complaint reopened, beside one who is not."""

_EVENTS: Final = pa.schema(
    [
        ("complaint", pa.int64()),
        ("happened_at", pa.timestamp("us")),
        ("kind", pa.string()),
        ("office", pa.string()),
        ("outcome", pa.string()),
        ("satisfied", pa.bool_()),
    ]
)


@dataclass
class Events:
    """Canonical event rows, kind by kind."""

    parts: list[pa.Table] = field(default_factory=list)

    def add(self, kind: str, complaint: Ints, when: Times, **values: Any) -> None:
        """One row a complaint; `values` are office, outcome or satisfied, one a row."""
        columns = {"complaint": complaint, "happened_at": when, "kind": [kind] * len(complaint), **values}
        empty = pa.nulls(len(complaint))
        self.parts.append(
            pa.table(
                [pa.array(columns.get(name, empty)).cast(_EVENTS.field(name).type) for name in _EVENTS.names], _EVENTS
            )
        )

    def rows(self) -> pa.Table:
        """All rows in order of time."""
        keys = [(name, "ascending") for name in ("happened_at", "complaint", "kind")]
        return pa.concat_tables(self.parts).sort_by(keys)


def invent(
    habits: Habits, patterns: Patterns, pool: Pool, next_id: int, span: tuple[datetime, datetime], rng: Rng
) -> dict[str, pa.Table]:
    """Rows of complaints and events after the first moment of the span, until the last one; complaints from `next_id`.

    Open stays of the pool are closed or transferred, closings are answered or reopened, each at most once; complaints
    are filed. Nothing happens twice to a complaint, but for the answer with which a reopening is announced.
    """
    events = Events()
    citizens, offices = Rhythm(CITIZENS, *span), Rhythm(OFFICES, *span)
    complaints = _file(events, habits, patterns, next_id, citizens, rng)
    still = pool.outcome < 0
    _work(events, habits, patterns, pool.where(still), offices, rng)
    _answer(events, habits, pool.where(~still), citizens, rng)
    rows = {"complaint": complaints, "event": events.rows()}
    return {kind: table for kind, table in rows.items() if len(table)}


def _file(events: Events, habits: Habits, patterns: Patterns, next_id: int, citizens: Rhythm, rng: Rng) -> pa.Table:
    """New complaints, each like one of late, received at the office where that one was."""
    counts = rng.poisson(habits.filed * citizens.days)
    places = rng.permutation(np.concatenate([patterns.like(g, count, rng) for g, count in enumerate(counts)]))
    when = np.sort(citizens.moments(len(places), rng))
    ids = next_id + np.arange(len(places))
    like = patterns.complaints.take(pa.array(places.astype(np.int64)))
    events.add("received", ids, when, office=like.column("office").combine_chunks())
    return (
        like.drop_columns(["office", "government"])
        .append_column("id", pa.array(ids, pa.int64()))
        .append_column("received_at", pa.array(when, pa.timestamp("us")))
    )


def _work(events: Events, habits: Habits, patterns: Patterns, stays: Pool, offices: Rhythm, rng: Rng) -> None:
    """What offices do: some open stays are closed, some transferred to where their office sends others."""
    at = stays.government, stays.bucket
    closing, moving = habits.closing[at], habits.moving[at]
    chance = -np.expm1(-(closing + moving) * offices.days * stays.part)
    ends = np.flatnonzero(rng.random(len(chance)) < chance)
    closes = rng.random(len(ends)) * (closing + moving)[ends] < closing[ends]
    closed, moved = stays.where(ends[closes]), stays.where(ends[~closes])

    slugs, outcomes = patterns.offices.slug, np.array(OUTCOMES)
    if len(closed.complaint):  # else there may be no shares to draw from
        outcome = outcomes[draw(habits.outcomes, closed.government, rng)]
        when = offices.moments(len(outcome), rng)
        events.add("closed", closed.complaint, when, office=slugs[closed.office], outcome=outcome)
    can, goal = patterns.onward(moved.office, rng)
    when = offices.moments(len(goal), rng)
    events.add("transferred", moved.complaint[can], when, office=slugs[goal])


def _answer(events: Events, habits: Habits, closings: Pool, citizens: Rhythm, rng: Rng) -> None:
    """What citizens do: some closings of late are reopened, some answered for the first time."""
    silent = closings.answer == UNANSWERED
    days = np.maximum(closings.closed, 0) + 0.5
    unhappy = np.exp(-days / REOPEN_PATIENCE) * np.where(closings.answer == 1, CONTENT, 1.0)
    reopens = _chosen(habits.undone * citizens.days, closings.government, unhappy, rng)
    again = closings.complaint[reopens]
    when = citizens.moments(len(again), rng)
    events.add("reopened", again, when)
    told = silent[reopens] & (rng.random(len(again)) < TOLD)
    # At the same moment an answer comes before the reopening, so none needs room before it.
    events.add("feedback", again[told], when[told], satisfied=np.zeros(int(told.sum()), dtype=bool))

    ready = np.exp(-days / ANSWER_PATIENCE) * (silent & ~reopens)
    wanted = np.maximum(habits.answers - TOLD * habits.undone, 0.0) * citizens.days
    answers = closings.where(_chosen(wanted, closings.government, ready, rng))
    content = rng.random(len(answers.complaint)) < habits.satisfied[answers.government, answers.outcome]
    events.add("feedback", answers.complaint, citizens.moments(len(content), rng), satisfied=content)


def _chosen(wanted: Floats, government: Ints, readiness: Floats, rng: Rng) -> Flags:
    """A mask of entries, on average so many a government as are wanted of it, the readier the likelier."""
    ready = np.bincount(government, readiness, minlength=len(wanted))
    share = np.divide(wanted, ready, out=np.zeros(len(wanted)), where=ready > 0.0)
    return np.asarray(rng.random(len(government)) < -np.expm1(-share[government] * readiness))
