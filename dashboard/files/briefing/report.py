"""A frozen briefing as a report, so that every hand that writes reports writes it too: from what is stored alone."""

from dataclasses import replace

from dashboard.files.briefing.content import Content
from dashboard.files.report.description import Report
from dashboard.files.report.making import report_of
from dashboard.words.text import say
from data_access.briefings.kept import CLEARED, Kept


def briefing_report(kept: Kept, content: Content) -> Report:
    """The report. Its fingerprint is that of the briefing, which covers what lies one level deeper too."""
    language = content.language
    part = say("Briefing", language) if kept.state == CLEARED else say("Draft of a briefing", language)
    told = [(part, slide.answer) for slide in content.slides]
    report = report_of(f"briefing-{kept.number}", content.title, told, (), content.filters.but(**dict(kept.pinned)))
    sections = tuple(
        replace(section, spoken=slide.note) for section, slide in zip(report.sections, content.slides, strict=True)
    )
    return replace(report, sections=sections, definitions=content.definitions, fingerprint=kept.digest)
