"""The control of the day whose figures are shown."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.text import say

CHOSEN: Final = "as-of"


def control(language: str) -> Component:
    """A calendar of the days that the data hold."""
    return html.Div(
        [
            html.Label(say("As of", language), htmlFor=CHOSEN),
            dcc.DatePickerSingle(
                id=CHOSEN,
                display_format="D MMM YYYY",
                first_day_of_week=1,
                placeholder=say("Figures as of", language),
                clearable=False,
            ),
        ],
        className="jd-as-of",
    )
