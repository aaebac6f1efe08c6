"""The frame around every page, and the ids of its parts. What stands in them comes by callbacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.web.guard import BRIEFINGS_PAGE
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.origin import OURS, Origin
from layouts import breadcrumb, filter_bar, header
from layouts.aria import aria, data
from layouts.listed import is_of_lists

ADDRESS: Final = "address"
LIVE: Final = "live"
NAVIGATION: Final = "navigation"
CHIPS: Final = "chips"
NOTICE: Final = "notice"
LEAD: Final = "lead"
PAGE: Final = "page"
SOURCE: Final = "source"
BRIEFING: Final = "briefing"


@dataclass(frozen=True)
class Way:
    """A way to a page: its path and title, and its address under the filters of the page that one is on."""

    path: str
    title: str
    href: str

    def holds(self, here: str) -> bool:
        """Whether the page at the path `here` is this one, or lies in it."""
        return here == self.path or (self.path != "/" and here.startswith(f"{self.path}/"))

    def refreshes(self, here: str) -> bool:
        """Whether it loads the page anew: lists need a script that other documents do not name, briefings no Dash."""
        return self.path == BRIEFINGS_PAGE or (is_of_lists(self.path) and not is_of_lists(here))


def shell(page: Component | None = None, origin: Origin = OURS) -> Component:
    """Header, navigation, filters, room for the page, footer, around data of this origin."""
    language = DEFAULT_LANGUAGE
    where = breadcrumb.breadcrumb(origin.place, language)
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh=False),
            dcc.Store(id=LIVE),  # written by assets/live.js when the data have changed
            dcc.Store(id=filter_bar.OFFERED),
            dcc.Store(id=filter_bar.WRITTEN),
            html.A(say("Skip to the figures", language), href=f"#{PAGE}", className="jd-skip"),
            header.header(origin.source, language),
            html.Nav(
                html.Div(id=NAVIGATION, className="container-fluid"),
                className="jd-nav",
                **aria(label=say("Pages", language)),
            ),
            html.Div(
                [
                    html.Div(
                        [where, filter_bar.filter_bar(language)],
                        className="jd-where",
                    ),
                    html.Div(id=NOTICE, role="alert"),
                    html.Div(
                        [html.P(id=LEAD, className="jd-lead"), html.Div(id=CHIPS, className="jd-chips")],
                        className="jd-opening",
                    ),
                ],
                className="container-fluid",
            ),
            html.Main(page, id=PAGE, className="container-fluid jd-page", tabIndex="-1"),
            html.Footer(
                [
                    html.Div(id=SOURCE, className="container-fluid"),
                    html.Div(id=BRIEFING, className="container-fluid jd-make"),
                ],
                className="jd-footer",
            ),
            _wait(language),
        ]
    )


def _wait(language: str) -> Component:
    """Says what is waited for; the script finds its sentences on it."""
    waits = say("Waiting for the figures …", language)
    lost = say(
        "The database does not answer. These are the figures {day}; what you chose comes by itself.",
        language,
        day="{day}",
    )
    return html.Div(waits, className="jd-wait", role="status", **data(waits=waits, lost=lost))


def navigation(pages: Sequence[Way], here: str, language: str) -> Component:
    """Links to the pages; each carries what it takes of the view, so the filters stay when the page changes."""
    return html.Ul(
        [
            html.Li(
                dcc.Link(say(way.title, language), href=way.href, refresh=way.refreshes(here)),
                # dcc.Link takes no aria attributes; on the item screen readers say it too.
                **(aria(current="page") if way.holds(here) else {}),
            )
            for way in pages
        ]
    )


def briefing(href: str, language: str) -> Component:
    """The way from a page to the form that freezes its figures. `href` leads to a page without Dash."""
    return html.A(say("Make a briefing of this page", language), href=href)


def source(register: str, version: int, label: str, language: str) -> list[Component]:
    """Where the figures come from."""
    words = say(
        "Source: {register}, data version {version}. Days are those of Karachi; a day's figures are those at its end.",
        language,
        register=register,
        version=version,
    )
    found: list[Component] = [html.Span(words)]
    if label:
        found.append(html.Strong(f" {label}."))
    return found
