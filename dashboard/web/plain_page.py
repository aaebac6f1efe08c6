"""The pages that need no Dash: signing in and out, and what went wrong. Written here, read without scripts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.charts.tokens import FONT_FILE
from dashboard.words.text import DEFAULT_LANGUAGE, say

STYLES: Final = ("vendor/bootstrap-5.3.9/bootstrap.min.css", "tokens.css", "style.css", "sign-in.css")
ICON: Final = "icon.svg"
THEME: Final = "theme.js"


class PlainPages:
    """Writes these pages. Made once; `url_of` gives the address of an asset by its name."""

    def __init__(self, url_of: Callable[[str], str]) -> None:
        self._url_of = url_of
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """The template as a reply."""
        language = DEFAULT_LANGUAGE
        text = self._templates.get_template(template).render(
            say=partial(say, language=language),
            language=language,
            styles=[self._url_of(name) for name in STYLES],
            icon=self._url_of(ICON),
            font=f"/assets/{FONT_FILE}",
            theme=self._url_of(THEME),
            **values,
        )
        return Response(text, status, content_type="text/html; charset=utf-8")
