"""Counts over a sample's events, made without the generator's own bookkeeping: a replay in pandas."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_access.intake.sample.shape import Sample


def end_of(day: str) -> pd.Timestamp:
    """The last instant of a day."""
    return pd.Timestamp(f"{day}T23:59:59.999999")


@dataclass
class Counted:
    """A sample as data frames; `events` by complaint and time, with the holder and its government after each."""

    complaints: pd.DataFrame
    events: pd.DataFrame
    governments: list[str]

    def standing(self, day: str) -> pd.DataFrame:
        """One row a complaint received by the end of the day: the government that holds it, whether it is open, age."""
        there = self.events[self.events["happened_at"] <= end_of(day)]
        last = there.groupby("complaint", sort=False)[["government", "open"]].last()
        received = self.complaints.set_index("id")["received_at"].reindex(last.index)
        last["age"] = (pd.Timestamp(day) - received.dt.normalize()).dt.days
        return last

    def league(self, day: str) -> pd.DataFrame:
        """By government: received, resolved, pending and pending over 90 days."""
        last = self.standing(day)
        frame = pd.DataFrame(
            {
                "government": np.array(self.governments)[last["government"]],
                "received": 1,
                "resolved": ~last["open"],
                "pending": last["open"],
                "over_90": last["open"] & (last["age"] > 90),
            }
        )
        return frame.groupby("government")[["received", "resolved", "pending", "over_90"]].sum()


def counted(sample: Sample) -> Counted:
    """Replays the events: each complaint is open but between a closing and the next reopening."""
    rows = sample.rows
    offices, departments = rows["office"].to_pandas(), rows["department"].to_pandas().set_index("slug")["government"]
    governments = sorted(set(departments))
    by_office = dict(zip(offices["slug"], offices["department"].map(departments), strict=True))
    events = rows["event"].to_pandas().sort_values(["complaint", "happened_at"], kind="stable", ignore_index=True)
    place, first = np.arange(len(events)), ~events["complaint"].duplicated().to_numpy()
    codes = events["office"].cat.codes.to_numpy()
    # The last event so far, of the same complaint, that names an office; and the last that opens or closes.
    named = np.maximum.accumulate(np.where(first | (codes >= 0), place, 0))
    turn = np.maximum.accumulate(np.where(events["kind"].isin(["received", "closed", "reopened"]), place, 0))
    words = np.array([governments.index(by_office[slug]) for slug in events["office"].cat.categories])
    events["holder"] = codes[named]
    events["government"] = words[events["holder"]]
    events["open"] = (events["kind"] != "closed").to_numpy()[turn]
    return Counted(rows["complaint"].to_pandas(), events, governments)


def due_on(sample: Sample) -> np.ndarray:
    """When each complaint falls due: its sub-category's limit on the day of receipt, else its parent's, else 20."""
    complaints = sample.rows["complaint"].to_pandas()
    parents = sample.rows["category"].to_pandas().set_index("slug")["parent"]
    limits = sample.rows["time_limit"].to_pandas()
    received = complaints["received_at"].dt.normalize()
    own = complaints["category"].astype(str)
    days = np.full(len(complaints), 20)
    for category in (own.map(parents), own):
        for row in limits.itertuples():
            until = pd.Timestamp(row.to_on) if row.to_on else pd.Timestamp.max
            days[(category == row.category) & (received >= pd.Timestamp(row.from_on)) & (received <= until)] = row.days
    return (received + pd.to_timedelta(days, unit="D")).to_numpy()
