"""The filter bar: a control for each filter, which shows what the address says and writes the address, nothing else."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.filters import LABELS
from dashboard.words.text import marked, say
from layouts import as_of, received
from layouts.aria import aria

BAR: Final = "filter-bar"
OFFERED: Final = "offered"
"""The store of what the bar holds, as marks and values in one text: what is the same is not sent again."""
WRITTEN: Final = "written"
"""The store of the search that the controls lead to; assets/written.js takes it to the address."""

IN_LINE: Final = ("government", "department")
FOLDED: Final = ("division", "district", "office", "category", "channel", "residency", "gender", "view")
CONTROLS: Final = (*IN_LINE, *FOLDED)
"""The parameters that have a list to choose from, in the order in which they stand."""
OF_ALL: Final = {
    "government": marked("All governments"),
    "department": marked("All departments"),
    "division": marked("All divisions"),
    "district": marked("All districts"),
    "office": marked("All offices"),
    "category": marked("All categories"),
    "channel": marked("All channels"),
    "residency": marked("All residencies"),
    "gender": marked("All genders"),
    "view": marked("Who holds them"),
}
"""What a control shows while nothing is chosen."""


def choice_id(name: str) -> str:
    """The id of the list of this parameter."""
    return f"choose-{name}"


def room_id(name: str) -> str:
    """The id of the room around it, whose title says why nothing can be chosen."""
    return f"choose-{name}-room"


def reason_id(name: str) -> str:
    """The id of the line that says the same where there is place for it."""
    return f"choose-{name}-reason"


def filter_bar(language: str) -> Component:
    """All controls in one line, what is needed less often under a fold; a phone folds all but the day."""
    return html.Div(
        [
            as_of.control(language),
            html.Button(
                say("Filters", language),
                type="button",
                className="jd-unfold",
                **aria(expanded="false"),
            ),
            html.Div(
                [
                    received.control(language),
                    *(_choice(name, language) for name in IN_LINE),
                    html.Details(
                        [
                            html.Summary(say("More", language), className="jd-control-face"),
                            html.Div([_choice(name, language) for name in FOLDED], className="jd-menu-body"),
                        ],
                        className="jd-menu jd-more",
                    ),
                ],
                className="jd-unfolded",
            ),
        ],
        id=BAR,
        className="jd-filters",
        role="group",
        **aria(label=say("Filters", language)),
    )


def _choice(name: str, language: str) -> Component:
    label = say(LABELS[name], language)
    return html.Div(
        [
            html.Span(label, className="jd-pick-name", **aria(hidden="true")),  # the group says it
            dcc.Dropdown(
                id=choice_id(name),
                placeholder=say(OF_ALL[name], language),
                clearable=name != "view",
                searchable=name not in {"view", "residency", "gender", "channel"},
                search_order="original",
                maxHeight=420,
                labels={
                    "search": say("Type to search", language),
                    "clear_search": say("Clear what was typed", language),
                    "clear_selection": say(OF_ALL[name], language),
                    "no_options_found": say("Nothing is called like that", language),
                },
            ),
            html.Small(id=reason_id(name)),
        ],
        id=room_id(name),
        className="jd-pick",
        role="group",
        **aria(label=label),
    )
