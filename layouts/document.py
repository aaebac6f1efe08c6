"""The HTML document that Dash fills: its language, what it links in which order, and what it says without scripts."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from dashboard.charts.tokens import FONT_FILE

STYLES: Final = ("vendor/bootstrap-5.3.9/bootstrap.min.css", "tokens.css", "style.css")
"""These first, in this order: Bootstrap stands before our own styles, so that ours win."""
ICON: Final = "icon.svg"
THEME: Final = "theme.js"
"""Runs before the styles, so that the page never shows in the wrong colours."""
TRAVEL: Final = "travel.js"
"""Runs before Dash, so that it sees what Dash asks first: deferred, on a slow machine it came too late."""
APART: Final = frozenset({"sign-in.css", "within.css", "imports.js", THEME, TRAVEL})
"""Linked elsewhere."""

_DOCUMENT: Final = """<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<title>{{%title%}}</title>
{head}
{{%css%}}
</head>
<body>
<noscript>This page needs JavaScript; the same figures are at /api/v1/panels and as CSV.</noscript>
{{%app_entry%}}
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>
"""


def document(
    url_of: Callable[[str], str],
    names: Collection[str],
    scripts: Sequence[str] = (),
) -> str:
    """The document over the assets of these names, of which `url_of` gives the address.

    Args:
        url_of: The address of an asset.
        names: All assets, by their path inside their folder.
        scripts: Addresses of more scripts, such as those of Dash that it would load only when it needs them.
    """
    own = sorted(name for name in names if "/" not in name and name not in APART)
    styles = [*STYLES, *(name for name in own if name.endswith(".css") and name not in STYLES)]
    others = sorted(name for name in names if "/" in name)
    deferred = [*scripts, *(url_of(name) for name in [*others, *own] if name.endswith(".js"))]
    head = [
        *(f'<script src="{url_of(name)}"></script>' for name in (THEME, TRAVEL) if name in names),
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/{FONT_FILE}">',
        f'<link rel="icon" type="image/svg+xml" href="{url_of(ICON)}">',
        *(f'<link rel="stylesheet" href="{url_of(name)}">' for name in styles),
        *(f'<script defer src="{url}"></script>' for url in deferred),
    ]
    return _DOCUMENT.format(head="\n".join(head))
