"""How an import, a trial or a rollback ended, as it stands on the board for other processes."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Literal, Self

from data_access.intake.batch import Report
from data_access.rejects import Reject

Kind = Literal["import", "trial", "rollback"]


@dataclass(frozen=True)
class Result:
    """The numbers of a report: the report itself may hold millions of refused rows."""

    batch: int
    read: int
    accepted: int
    rejected: int
    waiting: int
    unchanged: int
    touched: int
    version: int
    restated_days: int
    restated_events: int

    @classmethod
    def of(cls, report: Report) -> Self:
        """Those of this report."""
        return cls(**{one.name: getattr(report, one.name) for one in fields(cls)})


@dataclass(frozen=True)
class Outcome:
    """How it ended: with a result, or with a sentence that says why there is none."""

    result: Result | None = None
    trouble: str = ""
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Job:
    """What is to be done, what notes that it was, and what is done in any case when it has ended."""

    do: Callable[[], Report]
    note: Callable[[Report], None]
    end: Callable[[], None] = lambda: None


def written(outcome: Outcome) -> str:
    """As text."""
    return json.dumps(asdict(outcome))


def read(text: str) -> Outcome:
    """From text."""
    told = json.loads(text)
    result = Result(**told["result"]) if told["result"] else None
    return Outcome(result, told["trouble"], tuple(Reject(**one) for one in told["rejects"]))
