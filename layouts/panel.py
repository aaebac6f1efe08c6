"""A panel's room on a page: its question stands from the start, its figures are put into the parts of the room.

The room itself is never drawn again. So what its reader has done in it stays when figures change: a fold that was
opened, a table scrolled, a chart zoomed, a focus.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Panel
from dashboard.words.dates import day, days_in, received_in
from dashboard.words.filters import in_words
from dashboard.words.text import say
from data_access.filters import DAYS
from layouts.aria import aria, data

PANEL: Final = "panel"
HEADLINE: Final = "headline"
TROUBLE: Final = "trouble"
LEFT_OUT: Final = "left-out"
BODY: Final = "body"
STANDING: Final = "standing"
CSV: Final = "csv"
FOLD: Final = "fold"
FOLDED: Final = "folded"
TABLE: Final = "table"
HOW: Final = "how"

# What a panel can be; the styles read it from `data-state`.
WAITING: Final = "waiting"
DRAWN: Final = "drawn"
STALE: Final = "stale"  # newer figures exist but could not be had; the last good ones stay
FAILED: Final = "failed"
SLOW: Final = "slow"  # its question took too long; it is asked for again after some minutes
HIDDEN: Final = "hidden"


@dataclass(frozen=True)
class Content:
    """What is put into a room. None leaves the part as it is."""

    state: str
    headline: str | None = ""
    trouble: str = ""
    left_out: str | None = ""  # the filters that the panel does not take, in words
    body: Component | str | None = ""
    figure: Any = None  # for a chart that is there already,
    beside: Mapping[str, Component] = field(default_factory=dict)  # and what stands around it, by its part
    standing: str | None = ""
    csv: str | None = ""


NOTHING: Final = Content(HIDDEN)


def part_id(kind: str, name: str) -> dict[str, str]:
    """The id of a part of the room of the panel of that name; callbacks match on its type."""
    return {"type": kind, "name": name}


def fold_id(kind: str, name: str, part: str) -> dict[str, str]:
    """The id of a fold's summary (FOLD) or of what lies under it (FOLDED)."""
    return {"type": kind, "name": name, "part": part}


def room(
    panel: Panel,
    className: str,  # noqa: N803  # Dash's own word
    language: str,
    state: str = WAITING,
    furniture: Component | None = None,
) -> Component:
    """The room, with its question, and a grey field of the height that the figures will have.

    `furniture` stands in it from the start and is filled by callbacks of its own.
    """
    name = panel.name
    waiting = html.Div(className="jd-waiting", **aria(hidden="true"))
    return html.Section(
        [
            html.Div(
                [
                    html.H2(say(panel.title, language), className="jd-title"),
                    html.P(id=part_id(HEADLINE, name), className="jd-headline"),
                ],
                className="jd-head",
            ),
            html.P(id=part_id(TROUBLE, name), className="jd-trouble", role="status"),
            html.P(id=part_id(LEFT_OUT, name), className="jd-left-out", role="note"),
            *([] if furniture is None else [furniture]),
            html.Div(waiting, id=part_id(BODY, name), className="jd-body"),
            html.Div(
                [
                    html.Span(id=part_id(STANDING, name), className="jd-standing"),
                    *([] if panel.listing else [_fold(name, TABLE, say("Table", language))]),
                    html.A("CSV", id=part_id(CSV, name), className="jd-csv", download=""),
                    _fold(name, HOW, say("How this is computed", language)),
                ],
                className="jd-foot",
            ),
        ],
        id=part_id(PANEL, name),
        className=f"jd-panel jd-panel-{name} {className}".strip(),
        **data(state=state),
    )


def _fold(name: str, part: str, summary: str) -> Component:
    """A part that is drawn when it is opened: a page with all its tables takes browsers three seconds more."""
    return html.Details(
        [
            html.Summary(summary, id=fold_id(FOLD, name, part)),
            html.Div(id=fold_id(FOLDED, name, part), className="jd-folded"),
        ]
    )


def content(
    answer: Answer,
    body: Component | None,
    figure: Any = None,
    beside: Mapping[str, Component] | None = None,
    left_out: str = "",
    said: str = "",
) -> Content:
    """The answer with all that a panel must have; a chart that is there gets its figure, anything else its body.

    `said` is what the page has opened with: that is not said again.
    """
    return Content(
        DRAWN,
        "" if answer.headline == said else answer.headline,
        left_out=left_out,
        body=body,
        figure=figure,
        beside=beside or {},
        standing=standing(answer),
        csv=csv_address(answer),
    )


def failed(sentence: str, state: str = FAILED) -> Content:
    """No figures to show, and why."""
    return Content(state, body=html.P(sentence, className="jd-failed", role="alert"))


def kept(language: str) -> Content:
    """The last good figures stay; that they are not the newest is said."""
    trouble = say("These are older figures: the newest could not be had. They will be asked for again.", language)
    return Content(STALE, None, trouble, left_out=None, body=None, standing=None, csv=None)


def standing(answer: Answer) -> str:
    """What the figures stand on: the day, the complaints looked at, what changes are measured against."""
    language, filters = answer.language, answer.filters
    by_days = answer.panel.by_event_days
    parts = [
        say("as of {day}", language, day=day(answer.as_of, language)),
        # One complaint was received when it was received.
        *([] if answer.panel.needs else [_period(answer)]),
        # What the account is pinned to stands in no address and on no chip: the figures themselves must say it.
        *said(in_words(filters, answer.names, language)),
    ]
    if answer.compare is not None and has_changes(answer.panel) and (filters.from_on is None or not by_days):
        sentence = (
            "changes since {day}" if filters.from_on is None else "changes against the period before, as of {day}"
        )
        parts.append(say(sentence, language, day=day(answer.compare, language)))
    if answer.immature:
        parts.append(say("not yet final: the time limit of some complaints has not run out", language))
    return " · ".join(parts)


def _period(answer: Answer) -> str:
    filters, panel, language = answer.filters, answer.panel, answer.language
    if panel.since_compare and filters.from_on is None and answer.compare is not None:
        return say("since {day}", language, day=day(answer.compare, language))
    return (days_in if panel.by_event_days else received_in)(filters.from_on, filters.to_on, language)


def said(words: Mapping[str, str]) -> list[str]:
    """Those filters that are not days: days are said in sentences of their own."""
    return [text for name, text in words.items() if name not in DAYS]


def has_changes(panel: Panel) -> bool:
    """Whether the panel shows changes beside its figures, against a day that can be chosen."""
    return "compare" in panel.parameters and any(column.name.endswith("_change") for column in panel.columns)


def csv_address(answer: Answer) -> str:
    """Where the same figures are as CSV; with every day spelt out, so the link keeps giving what is on the screen.

    Empty where the account may not have them.
    """
    if not answer.takeable:
        return ""
    filters = answer.filters.but(limit=None, cursor=None)  # a file holds the whole of a list
    return f"/api/v1/panels/{answer.panel.name}.csv?{filters.query()}"
