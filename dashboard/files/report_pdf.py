"""A report typeset: tagged for all readers, with bookmarks, its fonts in it, and its drawings as lines and areas."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import typst

from dashboard.files.paper.content import report_content
from dashboard.files.paper.letters import FOLDERS, writable
from dashboard.files.paper.slides import slides_content
from dashboard.files.report.description import Report
from dashboard.files.report.drawn import Content

MIME: Final = "application/pdf"
_TEMPLATES: Final = Path(__file__).parent / "paper"
_STANDARD: Final = "ua-1"


def report_pdf(report: Report) -> bytes:
    """The report on A4."""
    return typeset("report.typ", report_content(report))


def slides_pdf(report: Report) -> bytes:
    """The report as slides."""
    return typeset("slides.typ", slides_content(report))


def typeset(template: str, content: Content) -> bytes:
    """The pages of a template; what is said in them comes as data and is never read as markup."""
    told = json.dumps(writable(content), ensure_ascii=False, allow_nan=False)
    made: bytes = typst.compile(
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"report": told},
        pdf_standards=_STANDARD,
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    """Ours and no others, whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, FOLDERS)))
