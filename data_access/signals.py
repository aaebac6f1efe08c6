"""Signals: patterns in an office's record that are a reason to ask about it, and never a finding.

Each is defined once. Nothing is imported here, so that addresses (`data_access.filters`) can name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

CHANCE: Final = 3.0
"""Standard deviations beyond which chance explains little: Shewhart's limits, as on a funnel plot."""
SOON: Final = 7
"""Days within which a reopening is soon."""
NOTICE: Final = "A signal is a reason to ask, not a finding."


@dataclass(frozen=True)
class Signal:
    """One signal. `definition` says in words what is counted, out of what; `{threshold}` stands for the least count.

    `default` is that least count until an administrator sets another one; `unit` is what is counted.
    """

    slug: str
    label: str
    definition: str
    unit: Literal["answers", "closings", "complaints"]
    default: int


_AGAINST_PEERS: Final = "and further above the share of its peers than chance explains"
_ALL: Final = (
    Signal(
        "relief-denied",
        "Relief that citizens deny",
        "standing closings with relief whose citizen answered not satisfied ÷ standing closings with relief that were "
        f"answered; worth asking about from {{threshold}} such answers on, {_AGAINST_PEERS}",
        "answers",
        20,
    ),
    Signal(
        "bulk-closing-day",
        "Many closings on one day",
        "closings on the office's busiest day ÷ all its closings; worth asking about from {threshold} closings on that "
        "day on, and further above its own closings per working day than the busiest of so many days is by chance",
        "closings",
        30,
    ),
    Signal(
        "last-day-before-limit",
        "Closings on the last day before the limit",
        "closings on the day they were due or the day before ÷ all closings; worth asking about from {threshold} such "
        f"closings on, {_AGAINST_PEERS}",
        "closings",
        20,
    ),
    Signal(
        "quick-reopening",
        "Closed and soon reopened",
        f"closings that were reopened within {SOON} days ÷ all closings; worth asking about from {{threshold}} such "
        f"closings on, {_AGAINST_PEERS}",
        "closings",
        10,
    ),
    Signal(
        "praise-burst",
        "Much praise from few citizens",
        "satisfied answers in one week (Monday to Sunday) from citizens who gave the office more than one in it, in "
        "the week that has most of them ÷ all satisfied answers; worth asking about from {threshold} such answers "
        f"on, {_AGAINST_PEERS}",
        "answers",
        5,
    ),
    Signal(
        "sent-in-circles",
        "Sent on and back again",
        "complaints that came back by transfer to the office, which had sent them on before ÷ complaints it has held; "
        f"worth asking about from {{threshold}} such complaints on, {_AGAINST_PEERS}",
        "complaints",
        10,
    ),
)
SIGNALS: Final[Mapping[str, Signal]] = MappingProxyType({signal.slug: signal for signal in _ALL})
"""Slug -> signal, in the order in which they are listed."""
