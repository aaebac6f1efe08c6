"""A frozen briefing as a report, so that every hand that writes reports writes it too: from what is stored alone."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dashboard.files.briefing.content import Content, Slide
from dashboard.files.report.description import Report, Section
from dashboard.files.report.making import report_of
from dashboard.words.dates import moment
from dashboard.words.text import marked, say
from data_access.briefings.kept import CLEARED, DRAFT, WITHDRAWN, Kept

STAMPS: Final[Mapping[str, str]] = MappingProxyType({DRAFT: marked("Draft"), WITHDRAWN: marked("Withdrawn")})
"""What must be read on every slide, by the state of a briefing."""


def briefing_report(kept: Kept, content: Content) -> Report:
    """The report. Its fingerprint is that of the briefing, which covers what lies one level deeper too."""
    language = content.language
    part = say("Briefing", language) if kept.state == CLEARED else say("Draft of a briefing", language)
    told = [(part, slide.answer) for slide in content.slides]
    report = report_of(f"briefing-{kept.number}", content.title, told, (), content.filters.but(**dict(kept.pinned)))
    return replace(
        report,
        sections=tuple(map(_section, report.sections, content.slides)),
        definitions=content.definitions,
        fingerprint=kept.digest,
        stamp=say(STAMPS.get(kept.state, ""), language),
        facts=tuple(_made(kept, language)),
    )


def _section(section: Section, slide: Slide) -> Section:
    return replace(section, spoken=slide.note, deeper=slide.deeper, not_kept=slide.left_out)


def _made(kept: Kept, language: str) -> list[tuple[str, str]]:
    found = [(say("Made", language), say_by(kept.made_by, moment(kept.made_at, language), language))]
    if kept.cleared_by and kept.cleared_at:
        cleared = say_by(kept.cleared_by, moment(kept.cleared_at, language), language)
        found.append((say("Cleared", language), cleared))
    return found


def say_by(account: str, when: str, language: str) -> str:
    """Who, and when."""
    return say("by {account}, {when}", language, account=account, when=when)
