"""The control of the period in which complaints were received: periods by name, and a range of one's own."""

from collections.abc import Iterable
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.text import say
from layouts.aria import aria

CHOSEN: Final = "received"
PERIODS: Final = "received-periods"
RANGE: Final = "received-range"


def control(language: str) -> Component:
    """A menu of periods; what stands on its face and in its list comes by a callback."""
    own = say("Own range", language)
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(say("Received", language), className="jd-control-name"),
                    html.Span(id=CHOSEN, className="jd-control-value"),
                ],
                className="jd-control-face",
            ),
            html.Div(
                [
                    html.Ul(id=PERIODS, className="jd-periods"),
                    html.Div(
                        [
                            html.Span(own, className="jd-pick-name", **aria(hidden="true")),
                            dcc.DatePickerRange(
                                id=RANGE,
                                updatemode="bothdates",
                                minimum_nights=0,
                                display_format="D MMM YYYY",
                                first_day_of_week=1,
                                number_of_months_shown=1,
                                start_date_placeholder_text=say("first day", language),
                                end_date_placeholder_text=say("last day", language),
                            ),
                        ],
                        role="group",
                        **aria(label=own),
                    ),
                ],
                className="jd-menu-body",
            ),
        ],
        className="jd-menu jd-received",
    )


def periods(links: Iterable[tuple[str, str, bool]]) -> list[Component]:
    """The list of periods: name, the address under it, whether it is chosen."""
    return [
        html.Li(dcc.Link(name, href=address), **(aria(current="true") if chosen else {}))
        for name, address, chosen in links
    ]
