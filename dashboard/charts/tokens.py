"""The colours and type of the product: CSS and charts take them here, so they cannot differ.

`python -m dashboard.charts.tokens > assets/tokens.css` after a change; a test holds the two equal.
Deep green and vermilion differ in lightness too, so they stay apart for every kind of colour blindness; all colours of
text reach 4.5:1 on the paper, all marks 3:1.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#ffffff",
        "ground": "#f4f5f3",
        "ink": "#1b211e",
        "ink-soft": "#56605a",
        "line": "#d5dad6",
        "line-strong": "#848d87",
        "accent": "#0b5d3b",
        "accent-soft": "#dcebe3",
        "alarm": "#c2410c",
        "alarm-soft": "#fdeadd",
        "plain": "#6d7772",
        "track": "#e7eae8",
    }
)
FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


def css() -> str:
    """The stylesheet that hands the tokens to all others."""
    lines = [f"  --jd-{name}: {value};" for name, value in LIGHT.items()]
    return "\n".join(
        [
            "/* Written from dashboard/charts/tokens.py: change it there. */",
            ":root {",
            *lines,
            f"  --jd-font: {FONT};",
            "}",
            "",
        ]
    )


if __name__ == "__main__":
    print(css(), end="")
