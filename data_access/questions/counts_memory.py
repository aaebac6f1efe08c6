"""The measures of any selection, counted from the ledger in memory: what `ledger_counts` has the database count."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from data_access.cohorts import EPOCH
from data_access.ledger import Ledger
from data_access.measures import AGE_LIMITS, OUTCOMES
from data_access.questions.chosen_stays import Chosen, chosen
from data_access.questions.grids import Wanted
from data_access.selection import Selection, Window
from data_access.stays import ENDINGS, OTHER

Columns = dict[str, np.ndarray]
_SHAPE: Final = (OTHER + 1, 2, 2, 3)
"""Of how a stay ended (0: it has not), whether that was undone, whether it was in time, and what the citizen answered
(0: nothing, 1: not satisfied, 2: satisfied): every measure of closings is a sum over some of these."""


def from_memory(
    ledger: Ledger, selection: Selection, windows: Sequence[Window], wanted: Wanted, border: str | None
) -> dict[Window, np.ndarray]:
    """Of windows of one period int64, rows × names. `border`: whose border a move crosses; None: there is none."""
    stays = chosen(ledger, selection, windows[0], wanted.level)
    grids = {}
    for window in windows:
        found = counts(stays.begun(window.as_of), window.as_of, border)
        grids[window] = np.column_stack([found[name] for name in wanted.names])
    return grids


def counts(stays: Chosen, as_of: date, border: str | None) -> Columns:
    """All measures of stays that had begun by the day, as of its end: int64, one value per row."""
    today = (as_of - EPOCH).days
    return {
        "filed": stays.how_many(stays.column("first")),
        "stays": stays.how_many(),
        **_closings(stays, today),
        **_moves(stays, today, border),
        **_pending(stays.only(stays.column("closed") > today), today),
    }


def _closings(stays: Chosen, today: int) -> Columns:
    """What closings count in, all of it from one look at each stay."""
    ended = stays.column("closed") <= today
    undone = stays.column("reopened") <= today
    in_time = stays.column("closed") <= stays.column("due")
    answered = stays.column("feedback") <= today
    kind = stays.column("outcome") * ended
    for flags, many in ((undone, 2), (in_time, 2), (answered * (1 + stays.column("satisfied").view(np.uint8)), 3)):
        kind = kind * np.uint8(many) + flags
    cells = int(np.prod(_SHAPE))
    seen = np.bincount(stays.row * np.int64(cells) + kind, minlength=stays.rows * cells).reshape(-1, *_SHAPE)
    some = [ENDINGS[name] for name in OUTCOMES]
    closed = seen[:, some]
    return {
        "transfers": seen[:, ENDINGS["transferred"]].sum(axis=(1, 2, 3)),
        **{name: seen[:, ENDINGS[name]].sum(axis=(1, 2, 3)) for name in OUTCOMES},
        **{f"undone_{name}": seen[:, ENDINGS[name], 1].sum(axis=(1, 2)) for name in OUTCOMES},
        "on_time": closed[:, :, :, 1].sum(axis=(1, 2, 3)),
        "undone_on_time": closed[:, :, 1, 1].sum(axis=(1, 2)),
        "answers": seen[..., 1:].sum(axis=(1, 2, 3, 4)),
        "satisfied": seen[..., 2].sum(axis=(1, 2, 3)),
        "confirmed": seen[:, ENDINGS["relief"], 0, :, 2].sum(axis=1),
    }


def _moves(stays: Chosen, today: int, border: str | None) -> Columns:
    if border is None:
        nothing = np.zeros(stays.rows, dtype=np.int64)
        return {"moved_in": nothing, "moved_out": nothing}
    came = stays.only(stays.column("from_office") > 0)
    went = stays.only((stays.column("to_office") > 0) & (stays.column("closed") <= today))
    return {"moved_in": came.how_many(_crosses(came, "from_office", border)), "moved_out": _gone(went, border)}


def _gone(went: Chosen, border: str) -> np.ndarray:
    return went.how_many(_crosses(went, "to_office", border))


def _crosses(stays: Chosen, other: str, border: str) -> np.ndarray:
    """Which of them came from, or went to, beyond the border; an office that is not known is beyond none."""
    offices = stays.column(other)
    if border == "office":
        return np.asarray(offices != stays.column("office"))
    holders = stays.ledger.holders[border]
    beyond = np.full(max(len(holders), int(offices.max(initial=0)) + 1), -1, dtype=np.int32)
    beyond[: len(holders)] = holders
    holder = beyond[offices]
    return np.asarray((holder >= 0) & (holder != stays.column(border)))


def _pending(still: Chosen, today: int) -> Columns:
    received = still.column("received").astype(np.int32)
    old = {f"over_{limit}": still.how_many(received < today - limit) for limit in AGE_LIMITS}
    return {"overdue": still.how_many(still.column("due") < today), **old}
