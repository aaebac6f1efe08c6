"""Attributes for assistive technology, as Dash wants them: names with a hyphen, so never as plain keywords."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """The attributes by their full names: `label="Pages"` becomes `aria-label`."""
    return {f"aria-{name}": value for name, value in values.items()}
