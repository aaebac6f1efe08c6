"""The HTML document that Dash fills: its language, its icon, its styles, and what a browser without scripts is told."""

from typing import Final

BOOTSTRAP: Final = "/assets/vendor/bootstrap-5.3.9/bootstrap.min.css"

DOCUMENT: Final = f"""<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
<link rel="stylesheet" href="{BOOTSTRAP}">
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
"""Bootstrap stands before our own styles, so that ours win."""
