"""Offices among their peers: which of them stand out by what a signal counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from data_access.directory import Directory, Member
from data_access.questions.chance import beyond_pace, beyond_peers, expected_share
from data_access.questions.signal_counts import Counted, Counts, counts
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.signals import CHANCE, Signal

FEWEST: Final = 5
"""With fewer other offices of the same post that have anything to show, all others are an office's peers."""
FIGURES: Final = ("count", "of", "share", "peers_share", "peers", "expected", "score", "first_on", "last_on")
_PACED: Final = "bulk-closing-day"


@dataclass(frozen=True)
class Found:
    """An office that stands out, and by what: FIGURES."""

    office: Member
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Crowd:
    """All offices: what is counted of them everywhere, of which peers are told, and in the places that are asked about.

    `posts` tells the same post by the same number, `inside` whether an office holds what is asked about.
    """

    offices: Sequence[Member]
    everywhere: Counts
    here: Counts
    posts: np.ndarray
    inside: np.ndarray

    @classmethod
    def of(cls, snapshot: Snapshot, selection: Selection, window: Window) -> "Crowd":
        """All offices, of which those in the selection are asked about."""
        offices = list(snapshot.directory.members["office"].values())
        everywhere = counts(snapshot, Selection(), window)
        placed = Selection(districts=selection.districts)
        here = everywhere if selection.districts is None else counts(snapshot, placed, window)
        posts = pd.factorize(np.array([office.post or "" for office in offices], dtype=object))[0]
        return cls(offices, everywhere, here, posts, _inside(offices, snapshot.directory, selection))

    def standing_out(self, signal: Signal, threshold: int) -> list[Found]:
        """The offices for which the signal is shown, what stands out most first."""
        everywhere = self.everywhere.of(signal.slug)
        own = everywhere if self.here is self.everywhere else self.here.of(signal.slug)
        count, of, peers = peers_of(everywhere.count, everywhere.of, self.posts)
        share = expected_share(count, of)
        if signal.slug == _PACED:
            days = _working_days(own, self.here.window)
            expected = own.of / days
            score = beyond_pace(own.count, expected, days)
        else:
            expected, score = share * own.of, beyond_peers(own.count, own.of, share)
        places = np.flatnonzero((own.count >= threshold) & (score >= CHANCE) & self.inside)
        ids = np.array([self.offices[place].id for place in places.tolist()])
        figures = {
            "count": own.count,
            "of": own.of,
            "share": own.count / np.maximum(own.of, 1),
            "peers_share": np.where(of > 0, count / np.maximum(of, 1), np.nan),
            "peers": peers,
            "expected": expected,
            "score": score,
            "first_on": own.first,
            "last_on": own.last,
        }
        order = np.lexsort((ids, -own.count[places], -score[places]))
        return [
            Found(self.offices[place], {name: figures[name][place].item() for name in FIGURES})
            for place in places[order]
        ]


def peers_of(count: np.ndarray, of: np.ndarray, posts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each office how often among its peers, out of how many, and how many peers have anything to show.

    `posts` tells the same post by the same number; where fewer than FEWEST others have it, all others are peers.
    """
    some = (of > 0).astype(np.int64)
    others = np.bincount(posts, weights=some)[posts] - some
    told = []
    for values in (count, of, some):
        alike = np.bincount(posts, weights=values)[posts] - values
        told.append(np.where(others >= FEWEST, alike, values.sum() - values).astype(np.int64))
    return told[0], told[1], told[2]


def _working_days(own: Counted, window: Window) -> np.ndarray:
    """Days from Monday to Friday since the first complaint came that the office closed, one at least."""
    since = window.as_of if own.since is None else own.since
    days = np.busday_count(since, np.datetime64(window.as_of, "D") + 1)
    return np.asarray(np.maximum(days, 1))


def _inside(offices: Sequence[Member], directory: Directory, selection: Selection) -> np.ndarray:
    """Whether each office is one of those that hold what is asked about."""
    above = {key: member.parent for key, member in directory.members["department"].items()}
    found = np.ones(len(offices), dtype=bool)
    for asked, holders in (
        (selection.government, (above.get(office.parent or 0) for office in offices)),
        (selection.department, (office.parent for office in offices)),
        (selection.office, (office.id for office in offices)),
    ):
        if asked is not None:
            found &= np.array([holder == asked for holder in holders], dtype=bool)
    return found
