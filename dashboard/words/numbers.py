"""Numbers as they are read: 1,235,000; 39.9%; ▲ 0.4 points; 21 days; n/a.

Signs carry the direction, so colour is never alone in saying it.
"""

from typing import Final

from babel.numbers import format_decimal, format_percent

from dashboard.words.text import say, say_many

UP: Final = "▲"
DOWN: Final = "▼"
_DECIMALS: Final = {
    "per_100k": "#,##0.0",
    "degrees": "#,##0.00",
    "decimal": "#,##0.##",
    "ratio": "#,##0.00",
    "per_day": "#,##0.0",
}
SAME: Final = "▬"


def shown(value: float | None, unit: str, language: str) -> str:
    """A value in its unit (see `data_access.metrics.Unit`)."""
    if value is None:
        return say("n/a", language)
    if unit == "fraction":
        return percent(value, language)
    if unit == "days":
        return days(value, language)
    if unit in _DECIMALS:
        return format_decimal(value, format=_DECIMALS[unit], locale=language)
    return count(value, language)


def count(value: float, language: str) -> str:
    """A whole number with thousands separators."""
    return format_decimal(round(value), format="#,##0", locale=language)


def percent(fraction: float, language: str, digits: int = 1) -> str:
    """0.3991 as 39.9%."""
    pattern = f"#,##0.{'0' * digits}%" if digits else "#,##0%"
    return format_percent(fraction, format=pattern, locale=language)


def days(value: float, language: str) -> str:
    """21 as 21 days; 1 as 1 day."""
    number = format_decimal(value, format="#,##0.#", locale=language)
    return say_many("{number} day", "{number} days", 1 if value == 1 else 2, language, number=number)


def changed(change: float | None, unit: str, language: str) -> str:
    """A change in the unit of its metric; of a fraction in points, so nobody takes 0.4 points for 0.4 percent."""
    text = moved(change, unit, language)
    if change is None or unit not in {"fraction", "days"}:
        return text
    if unit == "days":
        return say_many("{number} day", "{number} days", 1 if abs(change) == 1 else 2, language, number=text)
    return say("{size} points", language, size=text)


def moved(change: float | None, unit: str, language: str, digits: int = 1) -> str:
    """The same without its unit, for columns that name it in their heading. `digits` are those of points."""
    if change is None:
        return say("n/a", language)
    scaled = change * 100 if unit == "fraction" else change
    places = {"fraction": digits, "days": 1, "decimal": 2, "ratio": 2}.get(unit, 0)
    rounded = round(scaled, places)
    pattern = {"days": "#,##0.#", "decimal": "#,##0.##"}.get(unit, f"#,##0.{'0' * places}" if places else "#,##0")
    return f"{direction(rounded)} {format_decimal(abs(rounded), format=pattern, locale=language)}"


def direction(change: float) -> str:
    """The sign of a change."""
    if change > 0:
        return UP
    return DOWN if change < 0 else SAME
