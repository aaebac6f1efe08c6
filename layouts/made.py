"""Dash itself, made our way: its document is ours, and nothing of it comes late or without a fingerprint."""

import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import dash
from dash import Dash
from dash.fingerprint import build_fingerprint

from dashboard.web.assets import SUITES, Assets, fingerprint
from data_access.origin import Origin
from layouts.document import document
from layouts.pictured import PicturedDash

CHUNKS: Final = ("dcc/async-graph.js", "dcc/async-datepicker.js", "dcc/async-dropdown.js")
"""What every page needs of what Dash loads late: named in the document they come early, and are kept for good."""


def dash_of(assets: Assets, folder: Path, origin: Callable[[], Origin]) -> Dash:
    """The application without what it answers; `origin` says whose complaints they are."""
    return PicturedDash(
        origin,
        "jawabdeh",
        update_title=None,  # the documented way to leave the title alone
        index_string=document(assets.url_of, assets.names, scripts=[_chunk(path) for path in CHUNKS]),
        assets_folder=str(folder),
        include_assets_files=False,  # the document links them itself, in its order and by their fingerprints
        serve_locally=True,
        add_log_handler=False,
        enable_mcp=False,
        compress=False,  # dashboard.web.compression does it, with a memory
    )


def _chunk(path: str) -> str:
    """The address of a script that Dash would load late and without a fingerprint, with one."""
    content = pkgutil.get_data("dash", path) or b""
    return f"{SUITES}dash/{build_fingerprint(path, dash.__version__, fingerprint(content))}"


def scripts_of(app: Dash) -> frozenset[str]:
    """The addresses of all scripts of Dash that its document names."""
    return frozenset(re.findall(rf'src="({SUITES}[^"]+)"', app.index()))
