"""The document around everything: it shows the picture of the page that is asked for, and says whose data these are."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from dash import Dash
from flask import has_request_context, request

from dashboard.web.assets import SUITES
from data_access.origin import Origin
from layouts.listed import is_of_lists
from layouts.picture import picture


class PicturedDash(Dash):
    """Dash whose document shows the picture of the page that is asked for, until the scripts have drawn the page."""

    def __init__(self, origin: Callable[[], Origin], name: str, **settings: Any) -> None:
        super().__init__(name, **settings)
        self._origin = origin

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # as Dash's documentation does it
        """The document."""
        path, search = (
            (request.path, request.query_string.decode(errors="replace")) if has_request_context() else ("/", "")
        )
        if has_request_context() and not is_of_lists(path):
            parts["scripts"] = re.sub(rf'<script src="{SUITES}dash_ag_grid/[^>]*></script>\n*', "", parts["scripts"])
        origin = self._origin()
        parts["title"] = f"Jawabdeh · {escape(origin.source)}"
        return super().interpolate_index(**{**parts, "app_entry": picture(path, search, origin) + parts["app_entry"]})
