"""What a file to present carries inside: one script, styles, fonts; and the policy under which nothing else runs."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from dashboard.charts.tokens import DARK, FONT, FONT_FILE, IN_CHARTS, LATIN, LIGHT, URDU_WORDS_FILE
from dashboard.files.stage.tables import LOOSEST

_HERE: Final = Path(__file__).parent
_ASSETS: Final = Path(__file__).parents[3] / "assets"
_URDU: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_SIZES: Final = range(10, 100)
"""Tenths; the stylesheet has a class for a text of each size."""


@cache
def script() -> str:
    """What the document does."""
    return (_HERE / "stage.js").read_text(encoding="utf-8")


def styles(text: str) -> list[str]:
    """How a document looks that says this: with the letters of Urdu only where it has some."""
    return [_style(), _latin(), *([_urdu()] if _URDU.search(text) else [])]


@cache
def icon() -> str:
    """Its icon, as an address that holds it."""
    return "data:image/svg+xml;base64," + b64encode((_ASSETS / "icon.svg").read_bytes()).decode()


@cache
def policy() -> str:
    """Nothing is asked of anybody: one script and these styles are known by their hashes, fonts and icon lie inside."""
    looks = " ".join(_hash(style) for style in (_style(), _latin(), _urdu()))
    rules = (
        "default-src 'none'",
        f"script-src {_hash(script())}",
        f"style-src {looks}",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    light, dark = _tokens(LIGHT, "light"), _tokens(DARK, "dark")
    inks = [f".f-{name} {{ fill: var(--{name}) }} .s-{name} {{ stroke: var(--{name}) }}" for name in IN_CHARTS]
    lines = [
        f":root {{ {light} --font: {FONT.replace(',', ', Urdu,', 1)}; }}",
        f'@media screen {{ :root[data-theme="dark"] {{ {dark} }} }}',
        f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}',
        *inks,
        *(f"i.f-{name} {{ background: var(--{name}) }}" for name in IN_CHARTS),
        *(f".p{step} :is(th, td) {{ padding-block: {0.25 + step * 0.05:.2f}em }}" for step in range(1, LOOSEST + 1)),
        *(f".z{size} {{ font-size: {size / 10:g}em }}" for size in _SIZES),
        (_HERE / "stage.css").read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def _tokens(colours: object, scheme: str) -> str:
    told = " ".join(f"--{name}: {value};" for name, value in dict(colours).items())  # type: ignore[call-overload]
    return f"color-scheme: {scheme}; {told}"


@cache
def _latin() -> str:
    family = "font-family: 'Source Sans 3'; font-weight: 200 900"
    return f"@font-face {{ {family}; src: {_font(FONT_FILE)}; unicode-range: {LATIN} }}"


@cache
def _urdu() -> str:
    """Smaller than it is drawn: these letters rise and fall far, and lines are as high as those of the others."""
    return f"@font-face {{ font-family: 'Urdu'; size-adjust: 72%; src: {_font(URDU_WORDS_FILE)} }}"


def _font(file: str) -> str:
    return f"url(data:font/woff2;base64,{b64encode((_ASSETS / file).read_bytes()).decode()}) format('woff2')"
