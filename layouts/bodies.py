"""What stands in a panel's middle, by the kind of its chart."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import say
from data_access.filters import STEPS
from layouts.ages import ages
from layouts.announced import announced
from layouts.balance import balance
from layouts.bars import bars
from layouts.cases import cases
from layouts.crossings import crossings
from layouts.custody import custody
from layouts.draws import draws
from layouts.effect import effect
from layouts.graph import drawn_of, graph
from layouts.heat import heat
from layouts.league import league
from layouts.mapped import TOOLS, beside, map_of, mapped
from layouts.markup import still
from layouts.months import months
from layouts.moves import moves
from layouts.pareto import pareto
from layouts.parts import Here
from layouts.plain import plain
from layouts.promises import promises
from layouts.rated import rated
from layouts.restated import restated
from layouts.roster import roster
from layouts.stepped import stepped, steps
from layouts.stints import stints
from layouts.strip import strip
from layouts.toggles import toggles
from layouts.told import told
from layouts.withheld import withheld
from layouts.worklist import worklist

_LEADING: Final[Mapping[str, Callable[[Answer, Here], Component]]] = {
    "pareto": pareto,
    "heat": heat,
    "map": mapped,
    "toggles": toggles,
    "rated": rated,
    "withheld": withheld,
    "months": months,
    "told": told,
    "effect": effect,
    "ages": ages,
    "cases": cases,
    "changes": moves,
    "balance": balance,
    "restated": restated,
    "announced": announced,
    "worklist": worklist,
    "crossings": crossings,
    "promises": promises,
    "roster": roster,
    "plain": plain,
    "draws": draws,
}
"""Kinds whose marks lead on from the page."""


def redrawn(answer: Answer, here: Here) -> tuple[Any, Mapping[str, Component]]:  # plotly has no types of its own
    """For an answer whose chart is there already: its figure, and the parts that stand around it."""
    if answer.panel.chart.kind == "map":
        return map_of(answer, here), beside(answer, here)
    return drawn_of(answer), {TOOLS: steps(answer, here)} if answer.panel.by == STEPS else {}


_BY_SCRIPTS: Final = frozenset({"lines", "map", "funnel"})
"""Kinds with a chart in them, which plotly draws; all others come to the browser as markup."""


_SAY_THEMSELVES: Final = frozenset({"promises", "roster", "draws", "told", "announced"})
"""Kinds that say what is to be done where there are no rows."""


def body_of(answer: Answer, here: Here, companion: Answer | None = None) -> Component:
    """The figures of the answer, drawn; links in it lead on from `here`, the companion is drawn inside it."""
    if answer.panel.chart.kind == "list":
        return html.Div()  # its table stands in the room already
    if not answer.rows and answer.panel.chart.kind not in _SAY_THEMSELVES:
        return html.P(say("There are no figures to show.", answer.language), className="jd-empty")
    drawn = _drawn(answer, here, companion)
    return drawn if answer.panel.chart.kind in _BY_SCRIPTS else still(drawn)


def _drawn(answer: Answer, here: Here, companion: Answer | None) -> Component:
    if answer.panel.chart.kind == "figures":
        return strip(answer, companion)
    if answer.panel.chart.kind == "league":
        return league(answer, here)
    if answer.panel.chart.kind == "custody":
        return custody(answer)
    if answer.panel.chart.kind == "stints":
        return stints(answer)
    if answer.panel.chart.kind == "bars":
        return bars(answer)
    drawn = _LEADING.get(answer.panel.chart.kind)
    if drawn is None and answer.panel.by == STEPS:
        return stepped(answer, here)
    return graph(answer) if drawn is None else drawn(answer, here)
