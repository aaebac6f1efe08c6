"""Reports that are ready made: by their names, the panels that each holds, in the order in which they are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from dashboard.words.text import marked
from data_access.filters import PARAMETERS

_OF_LISTS: Final = frozenset({"columns", "sort", "search", "limit", "cursor"})
_OF_ONE: Final = frozenset({"id", "officer", "status", "age", "outcome", "state"})


@dataclass(frozen=True)
class Ready:
    """A report by its name in addresses: its title, and parts, each a heading and names of panels."""

    name: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All its panels, in order."""
        return tuple(PANELS[name] for _, names in self.parts for name in names)

    @property
    def parameters(self) -> tuple[str, ...]:
        """What it takes from an address: what one of its panels takes, but nothing that cuts a list or names one."""
        taken = {name for panel in self.panels for name in panel.parameters} - _OF_LISTS - _OF_ONE
        return tuple(name for name in PARAMETERS if name in taken)

    @property
    def by(self) -> tuple[str, ...]:
        """The values that it takes for `by`."""
        return tuple(dict.fromkeys(value for panel in self.panels for value in panel.by))


_ALL: Final = (
    Ready(
        "cabinet-report",
        marked("Cabinet report"),
        (
            (marked("Users"), ("citizens", "registrations")),
            (marked("Scorecard"), ("totals", "scorecard", "provinces", "ladder")),
            (marked("Backlog"), ("trend", "ageing", "departments")),
            (marked("Initiatives"), ("initiatives", "initiative-effect")),
            (marked("Accountability"), ("action-totals", "actions")),
            (marked("Success stories"), ("stories",)),
        ),
    ),
    Ready(
        "chief-secretary-review",
        marked("Chief secretary's review"),
        (
            (marked("Where we stand"), ("totals", "commitments", "changes")),
            (marked("What is to be done"), ("crossings", "worklist", "projection")),
            (marked("Who holds the backlog"), ("ageing", "departments", "districts")),
            (marked("Citizens"), ("feedback", "categories")),
            (marked("Accountability"), ("actions", "signals")),
        ),
    ),
    Ready(
        "weekly-performance",
        marked("Weekly performance"),
        (
            (marked("The week"), ("totals", "course", "changes")),
            (marked("Governments"), ("scorecard",)),
            (marked("Backlog"), ("trend", "ageing-trend")),
            (marked("Citizens"), ("registrations", "channels", "feedback-course")),
            (marked("The books"), ("reconciliation", "restatements")),
        ),
    ),
)
READY: Final[Mapping[str, Ready]] = MappingProxyType({one.name: one for one in _ALL})
"""Name -> report. The cabinet report is in the order of the one of October 2019."""
