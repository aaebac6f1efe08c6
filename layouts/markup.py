"""Dash's HTML components as markup: what stands on the screen before the scripts have come."""

from collections.abc import Iterable
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

_NAMES: Final = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
# Ids are the application's, which will stand in the same document.
_LEFT_OUT: Final = frozenset({"children", "id", "style", "n_clicks", "disable_n_clicks", "key"})


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
    for name, value in props.items():
        if name not in _LEFT_OUT and value is not None:
            yield f' {_NAMES.get(name, name)}="{escape(str(value))}"'
