"""The colours and type of the product: CSS and charts take them here, so they cannot differ.

`python -m dashboard.charts.tokens > assets/tokens.css` after a change; a test holds the two equal.
Deep green and vermilion differ in lightness too, so they stay apart for every kind of colour blindness; all colours of
text reach 4.5:1 on the paper, all marks 3:1.

Charts are drawn once, in the light colours. In the dark the stylesheet paints every colour of a chart with the token of
the same name: a figure is the same for everybody, and a change of theme, or the printer, needs no new drawing.
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
        "head": "#0a5537",
        "head-ink": "#fefefe",
        "shade-least": "#d8ebe0",
        "shade-less": "#a5d0b8",
        "shade-middle": "#6bb08e",
        "shade-more": "#2d7d59",
        "shade-most": "#0a5a39",
        "alarm-least": "#fbe3d3",
        "alarm-less": "#f3bb94",
        "alarm-middle": "#e08b55",
        "alarm-more": "#b0450f",
        "alarm-most": "#792a07",
        "no-value": "#e2e5e3",
    }
)
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#18201c",
        "ground": "#0f1512",
        "ink": "#e6ebe8",
        "ink-soft": "#a8b2ac",
        "line": "#2f3934",
        "line-strong": "#76827b",
        "accent": "#48a87b",
        "accent-soft": "#1f3d2f",
        "alarm": "#ffa47d",
        "alarm-soft": "#46281b",
        "plain": "#93a098",
        "track": "#2b342f",
        "head": "#0c3a27",
        "head-ink": "#eef4f0",
        "shade-least": "#1d3a2c",
        "shade-less": "#28573f",
        "shade-middle": "#307251",
        "shade-more": "#54a37c",
        "shade-most": "#9fd8bb",
        "alarm-least": "#43271b",
        "alarm-less": "#653722",
        "alarm-middle": "#8a4826",
        "alarm-more": "#d98a58",
        "alarm-most": "#f8c9a8",
        "no-value": "#2a332e",
    }
)
FONT_FILE: Final = "vendor/source-sans-3-5.3.0/latin.7a19a7027e12.woff2"
"""Comes with us, so that what fits on one screen fits on all. Its name holds its fingerprint: styles cannot add one."""
URDU_FILE: Final = "vendor/noto-nastaliq-urdu-5.3.0/name.2e00b74e9375.woff2"
"""The letters of our name and no others: pyftsubset --text="جواب دہ" --layout-features='*' --flavor=woff2."""
URDU_WORDS_FILE: Final = "vendor/noto-nastaliq-urdu-5.3.0/arabic.fecd45d69436.woff2"
"""All letters of Urdu, for words in it: browsers fetch it where there are such words, and where there are none, not."""
FONT: Final = (
    "'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
)
URDU: Final = "'Noto Nastaliq Urdu', 'Jameel Noori Nastaleeq', serif"
LATIN: Final = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, "
    "U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)  # what the file holds, as its publisher says
SHADES: Final = ("shade-least", "shade-less", "shade-middle", "shade-more", "shade-most")
"""From little to much, each clearly darker (in the dark: lighter) than the one before, of one hue."""
ALARMING: Final = ("alarm-least", "alarm-less", "alarm-middle", "alarm-more", "alarm-most")
"""The same for what is worse the more there is of it."""
IN_CHARTS: Final = (
    *("paper", "ink", "ink-soft", "line", "line-strong", "accent", "alarm", "plain"),
    *SHADES,
    *ALARMING,
    "no-value",
)
"""What charts are drawn with; no two of them have the same light colour."""


def css() -> str:
    """The stylesheet that hands the tokens to all others."""
    lines = [
        "/* Written from dashboard/charts/tokens.py: change it there. */",
        "@font-face {",
        "  font-family: 'Source Sans 3'; font-weight: 200 900; font-display: swap;",
        f"  src: url({FONT_FILE}) format('woff2');",
        f"  unicode-range: {LATIN};",
        "}",
        "@font-face {",
        f"  font-family: 'Jawabdeh'; font-display: swap; src: url({URDU_FILE}) format('woff2');",
        "}",
        "@font-face {",
        f"  font-family: 'Noto Nastaliq Urdu'; font-display: swap; src: url({URDU_WORDS_FILE}) format('woff2');",
        "}",
        *_rule(":root", LIGHT, "color-scheme: light;", f"--jd-font: {FONT};", f"--jd-font-urdu: {URDU};"),
        *_rule('[data-bs-theme="dark"]', DARK, "color-scheme: dark;"),
        "@media print {",
        *(f"  {line}" for line in _rule('[data-bs-theme="dark"]', LIGHT, "color-scheme: light;")),
        "}",
        "/* Charts are drawn in light colours; this gives them those of the theme. */",
    ]
    for name in IN_CHARTS:
        drawn = _as_drawn(LIGHT[name])
        for part in ("fill", "stroke"):
            lines.append(
                f'.js-plotly-plot .main-svg [style*="{part}: {drawn}"] {{ {part}: var(--jd-{name}) !important; }}'
            )
        if name in (*SHADES, *ALARMING, "no-value"):  # plotly writes the colours of maps as attributes
            lines.append(f'.js-plotly-plot .main-svg [fill="{drawn}"] {{ fill: var(--jd-{name}); }}')
    return "\n".join([*lines, ""])


def _rule(selector: str, tokens: Mapping[str, str], *more: str) -> list[str]:
    return [f"{selector} {{", *(f"  {line}" for line in more), *(f"  --jd-{n}: {v};" for n, v in tokens.items()), "}"]


def _as_drawn(colour: str) -> str:
    """The colour as plotly writes it into its drawings."""
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"


if __name__ == "__main__":
    print(css(), end="")
