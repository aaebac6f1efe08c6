"""The hands that write a report down, by the ending of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboard.files.report.description import Report
from dashboard.files.report_html import MIME as HTML
from dashboard.files.report_html import report_html
from dashboard.files.report_pdf import MIME as PDF
from dashboard.files.report_pdf import report_pdf, slides_pdf
from dashboard.files.report_pptx import MIME as PPTX
from dashboard.files.report_pptx import report_pptx
from dashboard.files.report_xlsx import report_xlsx
from dashboard.files.stage.enclosed import policy
from dashboard.files.worklist_xlsx import MIME as XLSX
from dashboard.words.text import marked


@dataclass(frozen=True)
class Hand:
    """Writes reports as files of this type, which people know by its title.

    `policy` is the content policy of those that a browser runs.
    """

    title: str
    mime: str
    write: Callable[[Report], bytes]
    about: str
    policy: Callable[[], str] | None = None


HANDS: Final[Mapping[str, Hand]] = MappingProxyType(
    {
        "html": Hand(
            marked("To present"), HTML, report_html, "slides to present, one file that needs no server", policy
        ),
        "pptx": Hand(marked("PowerPoint"), PPTX, report_pptx, "slides whose charts and tables can be edited"),
        "pdf": Hand(marked("Document (PDF)"), PDF, report_pdf, "a typeset document on A4, tagged (PDF/UA-1)"),
        "slides.pdf": Hand(
            marked("Slides (PDF)"), PDF, slides_pdf, "typeset slides, sixteen to nine, tagged (PDF/UA-1)"
        ),
        "xlsx": Hand(marked("Workbook"), XLSX, report_xlsx, "a workbook with a sheet a panel"),
    }
)
