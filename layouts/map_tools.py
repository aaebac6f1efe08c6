"""What a map shows: which figure, of which level, of complaints counted by holder or by place."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import say
from data_access.filters import MAPPED
from layouts.choices import Choice, menu_of, row_of
from layouts.parts import Here

_FIRST: Final = MAPPED[0]


def tools(answer: Answer, here: Here) -> Component:
    """The choices above a map; each keeps all filters. A map of one figure alone has none."""
    if "metric" not in answer.panel.parameters:
        return html.Div()
    return html.Div([_figures(answer, here), _levels(answer, here), _views(answer, here)], className="jd-tools")


def _figures(answer: Answer, here: Here) -> Component:
    language, chosen = answer.language, answer.measured.name.replace("_", "-")
    choices = [
        Choice(
            say(answer.panel.column(name.replace("-", "_")).label, language),
            here.to(metric=None if name == _FIRST else name),
            name == chosen,
        )
        for name in MAPPED
    ]
    return menu_of(say("Show", language), choices)


def _levels(answer: Answer, here: Here) -> Component:
    """Of the whole country: provinces, or all districts. Of one government there is one level below it."""
    if here.filters.government or here.filters.division or here.filters.district:
        return html.Span()
    language, all_districts = answer.language, here.filters.by == "districts"
    return row_of(
        say("By", language),
        [
            Choice(say("Province", language), here.to(by=None), not all_districts),
            Choice(say("District", language), here.to(by="districts"), all_districts),
        ],
    )


def _views(answer: Answer, here: Here) -> Component:
    language, placed = answer.language, answer.filters.view == "placed"
    government, land = answer.filters.government, here.layers.get("provinces")
    if government is not None and land is not None and government not in land.shape_of:
        return html.Span()  # nothing is about a place of its own
    return row_of(
        say("Counted by", language),
        [
            Choice(say("Who holds them", language), here.to_some(view=None), not placed),
            Choice(say("Where they are about", language), here.to_some(view="placed"), placed),
        ],
    )
