"""Reading what is laid out."""

from typing import Any

from dash.development.base_component import Component


def every(part: Any, kind: type[Component]) -> list[Any]:
    """All components of that kind, in order."""
    if isinstance(part, list | tuple):
        return [one for item in part for one in every(item, kind)]
    return [one for one in (part, *part._traverse()) if isinstance(one, kind)]


def of_class(part: Any, kind: type[Component], name: str) -> list[Any]:
    """Those of that kind which have exactly this class."""
    return [one for one in every(part, kind) if getattr(one, "className", None) == name]


def text(part: Any) -> str:
    """All words, without anything between them."""
    if isinstance(part, list | tuple):
        return "".join(text(one) for one in part)
    return text(part.children) if isinstance(part, Component) else str(part or "")


def props(part: Any) -> dict[str, Any]:
    """All properties, also those whose names have a hyphen."""
    found: dict[str, Any] = part.to_plotly_json()["props"]
    return found
