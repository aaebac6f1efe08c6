"""A panel's figures with everything they stand on, and how they are computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.panels.panel import Column, Panel
from dashboard.panels.rows import plain_rows
from dashboard.words.part_headlines import Rows, most_and_least
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.filters import FilterError, Filters, check_by, check_taken
from data_access.questions.listing import Part
from data_access.reader import Reader, Snapshot
from data_access.roles import FILES
from data_access.selection import View, may_ask, view_of

NO_COMPLAINTS: Final = marked("The database holds no complaints yet.")


@dataclass(frozen=True)
class Answer:
    """A panel's figures with everything they stand on. Shared between requests: nobody may change it.

    `filters` are those the figures were computed under: what was asked, what the scope pinned, and every day spelt
    out; `names` are those behind their slugs, by parameter. Asked again with them, the same data version gives the
    same answer. `compare` is the day changes are measured against, `first_day` and `newest_day` are those of the data;
    `mark` tells apart what the data version does not, promises among it.
    `label` marks sample data and is empty for real data; `source` is what they were registered in. `pinned` is what
    the account that asked is held to, `abilities` what it may do; `leads` are the ways of the rows that lead on for it.
    Of a list, `count` are all rows and `next` is the cursor of those that follow.
    """

    panel: Panel
    as_of: date | None
    compare: date | None
    data_version: int
    mark: str
    first_day: date | None
    newest_day: date | None
    label: str
    source: str
    asked: Filters
    filters: Filters
    names: Mapping[str, str]
    immature: bool
    headline: str
    lead: str
    pinned: Mapping[str, str]
    abilities: frozenset[str]
    frame: pd.DataFrame = field(repr=False, compare=False)
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)
    count: int | None = None
    next: str | None = None
    leads: frozenset[str] = frozenset()

    @property
    def takeable(self) -> bool:
        """Whether the account that asked may have the figures as files."""
        return FILES in self.abilities

    @property
    def until(self) -> date | None:
        """The day until which one looks ahead; None where nobody does."""
        return self.filters.by if isinstance(self.filters.by, date) else None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the rows."""
        return self.panel.columns_of(self.filters)

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.filters.lang or DEFAULT_LANGUAGE

    @property
    def measured(self) -> Column:
        """The figure that is looked at: the one the address chooses, else the one the chart is about."""
        return measured(self.panel, self.filters)

    def drill_of(self, row: Mapping[str, Any]) -> Mapping[str, str] | None:
        """What a row asks for: parameter -> slug; None where it leads nowhere, or to what the account may not ask."""
        way = self.panel.way_of(row)
        return None if way is None or way not in self.leads else self.panel.asked_by(way)


def measured(panel: Panel, filters: Filters) -> Column:
    """The figure of a panel that the filters choose, else the one its chart is about."""
    name = (filters.metric or "").replace("-", "_")
    chosen = any(column.name == name for column in panel.columns)
    return panel.column(name if chosen else panel.chart.bands[0].series[0].column)


def _headline(panel: Panel, rows: Rows, filters: Filters, language: str) -> str:
    """What the rows say; of a figure that was chosen, what they say of it."""
    if filters.metric is None or panel.chart.kind == "funnel":
        return panel.headline(rows, language)
    column = measured(panel, filters)
    return most_and_least(rows, column.label, column.unit, column.name, language)


def check_asked(panel: Panel, reader: Reader, filters: Filters) -> None:
    """Raise FilterError for what the panel does not take, or needs, OutOfScope for what the account cannot see."""
    check_taken(reader.scope.beyond(filters), panel.parameters, panel.name)
    check_by(filters, panel.by, panel.name)
    _check_cut(panel, filters)
    if panel.ability is not None:
        reader.scope.demand(panel.ability, panel.name)
    for name in panel.needs:
        if name not in filters.given():
            raise FilterError(name, "", f"{panel.name} cannot be asked without {name}; give {name}=…")


def _check_cut(panel: Panel, filters: Filters) -> None:
    """Raise FilterError for columns that the panel does not have, and for more rows than it gives at once."""
    known = {column.name for column in panel.columns}
    for name in (filters.columns or "").split(","):
        if name and name not in known:
            message = f"{panel.name} has no column {name}; it has {', '.join(column.name for column in panel.columns)}."
            raise FilterError("columns", filters.columns or "", message)
    if panel.listing and (filters.limit or 0) > panel.listing.most:
        message = f"{panel.name} gives at most {panel.listing.most} rows at once; ask for fewer."
        raise FilterError("limit", str(filters.limit), message)


def compute(panel: Panel, reader: Reader, filters: Filters) -> Answer:
    """The figures, freshly computed in one snapshot; nothing is checked or remembered."""
    with reader.snapshot() as snapshot:
        view = view_of(snapshot, filters, public_lines=panel.public_lines, ahead=panel.looks_ahead)
        empty = pd.DataFrame(columns=[column.name for column in panel.columns])
        found = empty if view.as_of is None else panel.question(snapshot, view)
        part = found if isinstance(found, Part) else Part(found, len(found), None)
        answer = standing_on(panel, snapshot, view, part)
        leads = leads_of(panel, snapshot, filters, map(panel.way_of, answer.rows))
    return replace(answer, leads=leads, count=answer.count if panel.listing else None)


def standing_on(panel: Panel, snapshot: Snapshot, view: View, part: Part) -> Answer:
    """The answer that these rows are, with all that they stand on."""
    language, state = view.filters.lang or DEFAULT_LANGUAGE, snapshot.state
    filters = view.filters.but(
        as_of=view.as_of, from_on=view.from_on, to_on=view.to_on, by=view.until or view.filters.by
    )
    names = {name: snapshot.directory.name_of(name, value) for name, value in view.filters.given().items()}
    rows = plain_rows(part.rows, panel.columns_of(filters))
    if view.as_of is None:
        headline, lead = say(NO_COMPLAINTS, language), ""
    elif panel.listing:
        headline = lead = panel.listing.sentence(part.count, filters, names, language)
    else:
        # Sentences are told from whole rows, also where some columns alone are asked for.
        whole = rows if filters.columns is None else plain_rows(part.rows, panel.columns)
        headline, lead = _headline(panel, whole, filters, language), panel.lead(whole, language) if panel.lead else ""
    return Answer(
        panel=panel,
        as_of=view.as_of,
        compare=view.compare,
        data_version=state.version,
        mark=state.mark,
        first_day=state.first_day,
        newest_day=state.newest_day,
        label=state.label,
        source=state.origin.source,
        asked=view.filters,
        names=names,
        filters=filters,
        immature=view.immature and not panel.by_event_days,  # what happened on a day is known for good
        headline=headline,
        lead=lead,
        pinned=snapshot.scope.pinned,
        abilities=snapshot.scope.abilities,
        frame=part.rows,
        rows=rows,
        count=part.count,
        next=part.next,
    )


def leads_of(panel: Panel, snapshot: Snapshot, filters: Filters, ways: Iterable[str | None]) -> frozenset[str]:
    """Those of the ways of a panel's rows that lead to an answer under these filters and for this account."""
    asks = {way: filters.but(**panel.asked_by(way)) for way in ways if way is not None}
    return frozenset(way for way, asked in asks.items() if may_ask(snapshot, asked))
