"""Attributes with a hyphen, which can never be plain keywords."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """Attributes for assistive technology: `label="Pages"` becomes `aria-label`."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """Attributes that our own scripts and styles read: `state="drawn"` becomes `data-state`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}
