"""A panel: one question, its figures and how they look. The unit of page, API, file and slide."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self

import pandas as pd

from dashboard.charts.description import Chart
from dashboard.words.headlines import Rows
from data_access.filters import A_DAY, Filters, takes_by
from data_access.metrics import METRICS, Unit
from data_access.questions.listing import Part
from data_access.reader import Snapshot
from data_access.selection import View

ColumnUnit = (
    Unit
    | Literal["text", "day", "month", "rank", "flag", "whole", "number"]
    | Literal["of_metric", "per_100k", "degrees", "decimal", "ratio", "per_day"]
)
"""`number`: it names something and is no quantity. `month`: its first day. `of_metric`: the value is in the unit of the
metric that the row names in `<column>_metric`, else in `metric`, else in `target_metric`."""
COUNTS: Final = frozenset({"complaints", "closings", "answers", "citizens", "rank", "whole", "number"})
"""Units whose values are whole numbers."""

NAMING: Final = frozenset({"id", "slug", "name", "holder", "stint"})
"""Columns that say whose row it is, and where it leads: they are there whatever columns are asked for."""

Question = Callable[[Snapshot, View], pd.DataFrame | Part]
Headline = Callable[[Rows, str], str]


@dataclass(frozen=True)
class Listing:
    """What a panel has whose rows are a part of a long list, which its question answers with as a `Part`.

    `whole` gives all rows, some at a time, while the snapshot is open: what a file holds. `sentence` says how many
    there are, from their count, the filters, the names behind the filters' slugs and the language. `most` are the rows
    that can be asked for at once, `sorts` the columns by which a page offers to sort, `default` how it is sorted else.
    """

    whole: Callable[[Snapshot, View], Iterator[pd.DataFrame]]
    sentence: Callable[[int, Filters, Mapping[str, str], str], str]
    most: int = 1000
    sorts: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a panel's rows. `definition` says in words how it is computed; `good` which direction is.

    `signed`: it is a difference, which is read with its sign, that of rates in points. `needs`: the ability without
    which all of its values are null; None: whoever may ask sees them.
    """

    name: str
    label: str
    unit: ColumnUnit
    definition: str = ""
    good: Literal[-1, 0, 1] = 0
    signed: bool = False
    needs: str | None = None

    @classmethod
    def of_metric(cls, name: str) -> Self:
        """The column of a metric, as `data_access.metrics` defines it."""
        metric = METRICS[name]
        return cls(name, metric.label, metric.unit, metric.formula, metric.good)

    @classmethod
    def of_change(cls, name: str) -> Self:
        """The change of a metric against the day it is compared with."""
        metric = METRICS[name]
        definition = f"{metric.label} on the as-of day less the same on the day compared with"
        return cls(f"{name}_change", f"{metric.label}, change", metric.unit, definition, metric.good)


@dataclass(frozen=True)
class Panel:
    """One panel. `parameters` are all it takes from an address; `drill` is the parameter that a row's slug sets.

    `drill_by`, in its place, is the column that names that parameter, where each row has its own. `toggles`: it shows
    all its rows whatever is chosen of them, so it does not take what its rows set.

    `lead` is the sentence with which a page opens that has this panel. `public_lines`: rows are lines of governments,
    which every role may see. `by_event_days`: a period means days of events, not of receipt; `since_compare`: without
    one it is about the days since the day compared with. `ability`: what a role
    must be able to do to see it; none for all. `companion` is the panel whose answer is drawn inside this one. `needs`
    are parameters without which it cannot be asked. `viewed_as` is what the audit log calls it that somebody saw it.
    `by` are the values that it takes for that parameter; A_DAY among them: days, and without one the next review.
    `metrics` are the ones that it can show, where not all: on a page that shows another one it shows its own.
    `fresh`: what it shows changes without a new mark of the data (`DataState.mark`). `printed`: of a frozen answer, the
    columns that slides and paper show.
    """

    name: str
    title: str
    question: Question
    headline: Headline
    parameters: tuple[str, ...]
    columns: tuple[Column, ...]
    chart: Chart
    drill: str | None = None
    drill_by: str | None = None
    toggles: bool = False
    lead: Headline | None = None
    public_lines: bool = False
    by_event_days: bool = False
    since_compare: bool = False
    ability: str | None = None
    companion: str | None = None
    needs: tuple[str, ...] = ()
    listing: Listing | None = None
    viewed_as: str | None = None
    by: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    fresh: bool = False
    printed: tuple[str, ...] = ()

    def columns_of(self, filters: Filters) -> tuple[Column, ...]:
        """The columns of an answer: all, or those that are asked for, and what says whose row it is."""
        if filters.columns is None:
            return self.columns
        wanted = NAMING | set(filters.columns.split(","))
        return tuple(column for column in self.columns if column.name in wanted)

    @property
    def remembered(self) -> bool:
        """Whether its answers are: not those about single complaints, of which there are too many, nor fresh ones."""
        return self.listing is None and not self.needs and not self.fresh

    def missed(self, filters: Filters) -> list[str]:
        """The parameters that are set and that the panel does not take."""
        left = [name for name in filters.given() if name not in self.parameters]
        return left if takes_by(filters, self.by) or "by" in left else [*left, "by"]

    def taken(self, filters: Filters, beside: Iterable[str] = ()) -> Filters:
        """The filters without what the panel does not take; the parameters `beside` stay."""
        found = filters.only((*self.parameters, *beside))
        known = found if not self.metrics or found.metric in self.metrics else found.but(metric=None)
        return known if takes_by(known, self.by) else known.but(by=None)

    def sorts_by(self, sort: str | None) -> bool:
        """Whether its rows can be sorted so; tables that name no columns for it say so by themselves."""
        named = self.listing.sorts if self.listing else ()
        return sort is None or not named or sort.removeprefix("-") in named

    @property
    def looks_ahead(self) -> bool:
        """Whether its figures are of the days until one that is still to come."""
        return A_DAY in self.by

    def unsaid(self, filters: Filters) -> list[str]:
        """Those of them that the panel does not show in another way: one whose rows are chosen marks what is."""
        return [name for name in self.missed(filters) if not (self.toggles and name == self.drill)]

    @property
    def leads_on(self) -> bool:
        """Whether its rows lead to pages for them alone."""
        return self.drill is not None or self.drill_by is not None

    def way_of(self, row: Mapping[str, Any]) -> str | None:
        """Where a row leads, as `Answer.leads` holds it: its slug, behind its parameter where each row has its own."""
        if not self.leads_on or not row.get("is_member", True) or not isinstance(row["slug"], str):
            return None
        slug: str = row["slug"]
        return slug if self.drill_by is None else f"{row[self.drill_by]}={slug}"

    def asked_by(self, way: str) -> Mapping[str, str]:
        """What such a way asks for: parameter -> slug."""
        parameter, _, slug = way.rpartition("=")
        return {self.drill or parameter: slug}

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        return {column.name: column for column in self.columns}[name]
