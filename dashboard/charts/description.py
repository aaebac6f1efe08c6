"""What a chart shows, said once: drawn by plotly on the page, by other hands in files. No drawing here.

A description names columns of the panel's rows; it never holds data.
"""

from dataclasses import dataclass
from typing import Literal

from data_access.metrics import Unit

Emphasis = Literal[
    "accent",
    "alarm",
    "plain",
    "shade-least",
    "shade-less",
    "shade-middle",
    "alarm-less",
    "alarm-middle",
    "alarm-more",
]
"""A colour's token. `alarm` is only for what is bad, `accent` for what the panel is about, `plain` for what it is
compared with; the others for parts of a stack, from good to bad."""

Kind = Literal[
    "figures",
    "league",
    "bars",
    "lines",
    "map",
    "pareto",
    "heat",
    "toggles",
    "rated",
    "withheld",
    "months",
    "told",
    "effect",
    "ages",
    "list",
    "cases",
    "custody",
    "changes",
    "balance",
    "restated",
    "announced",
    "worklist",
    "crossings",
    "promises",
    "roster",
    "stints",
    "funnel",
    "plain",
    "draws",
]
"""figures: large numbers side by side; league: a table with a bar in each row; bars: horizontal, from zero; lines: over
days, one band above the other; map: places coloured by one figure, ranked beside it; pareto: rows by what they hold,
largest first, with the share so far; heat: departments by districts, darker where more is held; toggles: few rows with
a bar for the first band and a number for each other, chosen by a click and left by another; told: initiatives and
stories, each with its text; effect: what changed beside what changed elsewhere; rated: rows by a share, with the
interval that surely holds it; withheld: the same where figures that would show persons are held back; months: one
figure by row and month; ages: a stacked bar for each row and its parts as numbers; list: rows of a long list,
more of them as one scrolls; cases: some complaints, a row each; custody: stays one after the other; changes: who moved
a figure, bars to both sides; balance: the books of each row; restated: days by batch; announced: figures beside the
ledger's; worklist: offices by district with what they have to do; crossings: parts with what grows too old in each;
promises: each beside what is reached; roster: a long table, some rows at a time, whose headings sort it; stints: who
held a post, one after the other; funnel: a rate by how many it is of, between the limits of chance; plain: the rows as
a table; draws: audits by call, of which one is looked at. The page draws all but lines, funnels and the map itself as
markup, whose numbers can be links."""
Shapes = Literal["provinces", "districts"]


@dataclass(frozen=True)
class Series:
    """One column that is drawn."""

    column: str
    label: str
    emphasis: Emphasis = "plain"


@dataclass(frozen=True)
class Band:
    """Series that share an axis."""

    label: str
    unit: Unit
    series: tuple[Series, ...]
    flow: bool = False  # counts over the row's days, not at its end
    stacked: bool = False  # parts of one whole, drawn one upon the other, the first at the bottom


@dataclass(frozen=True)
class Chart:
    """One chart. `category` is the column that names the rows.

    `marked` is the column of the one day that a line is drawn at. `shapes` are those that a map draws, known by the
    rows' slugs; `sizes` the columns that say how large its places are, `below` those of a table under it. `span` is the
    column that says over how many days a row runs: a week of two days is no dip in the flow, so flow bands leave rows
    out that run shorter than the longest.
    """

    kind: Kind
    category: str
    bands: tuple[Band, ...]
    span: str | None = None
    marked: str | None = None
    shapes: Shapes | None = None
    sizes: tuple[str, ...] = ("received", "pending")
    below: tuple[str, ...] = ()
