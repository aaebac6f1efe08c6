"""The control of the day whose figures are shown: a calendar, steps by a day, farther steps, all days as a slider."""

from collections.abc import Iterable
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.text import say
from layouts.aria import aria, data

CHOSEN: Final = "as-of"
TRAVEL: Final = "travel"
"""What the script knows of the days around stands on it, in `data-days`."""
STEPS: Final = "steps"
SLIDER: Final = "as-of-slider"


def control(language: str) -> Component:
    """The day; assets/travel.js makes its steps."""
    return html.Div(
        [
            html.Label(say("As of", language), htmlFor=CHOSEN),
            _day(-1, "‹", say("The day before", language)),
            dcc.DatePickerSingle(
                id=CHOSEN,
                display_format="D MMM YYYY",
                first_day_of_week=1,
                placeholder=say("Figures as of", language),
                clearable=False,
            ),
            _day(1, "›", say("The day after", language)),
            _farther(language),
        ],
        id=TRAVEL,
        className="jd-as-of",
    )


def _day(way: int, sign: str, words: str) -> Component:
    return html.Button(
        html.Span(sign, **aria(hidden="true")),
        type="button",
        className="jd-step",
        title=words,
        **aria(label=words),
        **data(step=str(way)),
    )


def _farther(language: str) -> Component:
    """The menu of longer steps, and the slider under them."""
    name = say("Other days", language)
    slide = say("Any day", language)
    return html.Details(
        [
            html.Summary("⋯", title=name, className="jd-step", **aria(label=name)),
            html.Div(
                [
                    html.Ul(id=STEPS, className="jd-periods jd-pairs"),
                    html.Label([f"{slide} ", html.Span(className="jd-slid")], htmlFor=SLIDER),
                    dcc.Input(id=SLIDER, type="range", min=0, max=0, step=1, className="jd-slider"),
                ],
                className="jd-menu-body",
            ),
        ],
        className="jd-menu jd-travel",
    )


def steps(links: Iterable[tuple[str, str, str, bool]]) -> list[Component]:
    """The list of steps: name, day, the address of it, whether it is a later day."""
    return [
        html.Li(dcc.Link([f"{name} ", html.Small(day)], href=address), className="jd-later" if later else "jd-earlier")
        for name, day, address, later in links
    ]
