"""Dash's HTML components as markup: what stands on the screen before the scripts have come, and long tables after.

In the browser each component of Dash listens to every change of the page: a table of 158 rows took it seconds that its
markup takes milliseconds. What is drawn as a whole and never changed in parts is therefore handed over as markup
(`still`), and `assets/still.js` puts it in place. Its links work as those of Dash do.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from layouts.aria import data

_NAMES: Final = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
# Ids are the application's, which will stand in the same document.
_LEFT_OUT: Final = frozenset({"children", "id", "style", "n_clicks", "disable_n_clicks", "key"})


STILL: Final = "jd-still"


def still(part: Component) -> Component:
    """The part, which `baked` will make markup of: nothing in it may have an id or be drawn by scripts."""
    return html.Div(part, className=STILL)


def baked(part: Any) -> Any:
    """The part with markup in place of what is `still`. It is changed, so it must be nobody else's."""
    if isinstance(part, list | tuple):
        return [baked(one) for one in part]
    if not isinstance(part, Component):
        return part
    if getattr(part, "className", None) == STILL:
        return html.Div(className=STILL, **data(html=_whole(part.children)))
    if getattr(part, "children", None) is not None:
        part.children = baked(part.children)
    return part


def _whole(part: Any) -> str:
    """The HTML of components of dash.html with their styles, and of links."""
    if part is None:
        return ""
    if isinstance(part, str | int | float):
        return escape(str(part))
    if not isinstance(part, Component):
        return "".join(_whole(one) for one in part)
    props: dict[str, Any] = part.to_plotly_json()["props"]
    if isinstance(part, dcc.Link):
        way = {} if props.get("refresh") else {"data-way": ""}
        kept = {name: props.get(name) for name in ("href", "className", "title")}
        return f"<a{''.join(_attributes({**kept, **way}))}>{_whole(props.get('children'))}</a>"
    tag, style = type(part).__name__.lower(), _style(props.get("style"))
    return f"<{tag}{''.join(_attributes(props))}{style}>{_whole(props.get('children'))}</{tag}>"


def _style(given: dict[str, str] | None) -> str:
    if not given:
        return ""
    rules = (f"{re.sub('[A-Z]', lambda found: f'-{found[0].lower()}', name)}: {value}" for name, value in given.items())
    return f' style="{escape("; ".join(rules))}"'


def markup(part: Any) -> str:
    """The HTML of components of dash.html; what only scripts can draw is an empty box of its class."""
    if part is None:
        return ""
    if isinstance(part, str | int | float):
        return escape(str(part))
    if not isinstance(part, Component):
        return "".join(markup(one) for one in part)
    props: dict[str, Any] = part.to_plotly_json()["props"]
    drawn = part.to_plotly_json()["namespace"] == "dash_html_components"
    tag = type(part).__name__.lower() if drawn else "div"
    kept = props if drawn else {"className": f"jd-control {props.get('className') or ''}".strip()}
    inside = markup(props.get("children")) if drawn else ""
    return f"<{tag}{''.join(_attributes(kept))}>{inside}</{tag}>"


def _attributes(props: dict[str, Any]) -> Iterable[str]:
    for name, value in sorted(props.items()):
        if name not in _LEFT_OUT and value is not None:
            yield f' {_NAMES.get(name, name)}="{escape(str(value))}"'
