"""The picture of a page: its frame and its questions as plain markup, shown until the scripts have drawn the page."""

from dash import html

from data_access.origin import Origin
from layouts.aria import aria
from layouts.markup import markup
from layouts.pages import drawn
from layouts.shell import shell


def picture(path: str, search: str, origin: Origin) -> str:
    """The markup of the page of that address, without figures; out of reach for keyboard and screen readers."""
    return markup(html.Div(shell(drawn(path, search), origin), className="jd-skeleton", **aria(hidden="true"))).replace(
        "<div", "<div inert", 1
    )
