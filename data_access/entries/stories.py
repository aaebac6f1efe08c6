"""Success stories as they are entered: what happened, of what, where, and whose complaint it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from data_access.entries.book import Changing
from data_access.entries.entry import Entered, There, line_in, slug_in
from data_access.recording import LONGEST, LONGEST_TEXT, RecordProblem, id_in, in_one_line, near
from data_access.roles import COMPLAINTS
from data_access.tables.facts import complaint
from data_access.tables.records import success_story


@dataclass(frozen=True)
class StoryDraft:
    """One story. category and district are slugs, None where that is not said; complaint is a number."""

    title: str
    kind: str
    told_on: date
    category: str | None
    district: str | None
    complaint: int | None
    summary: str
    source: str

    def said(self) -> dict[str, str]:
        """As it is typed."""
        return {
            "title": in_one_line(self.title),
            "kind": in_one_line(self.kind),
            "told_on": str(self.told_on),
            "category": self.category or "",
            "district": self.district or "",
            "complaint": "" if self.complaint is None else str(self.complaint),
            "summary": in_one_line(self.summary),
            "source": in_one_line(self.source),
        }


class Stories(Changing[StoryDraft]):
    """Writes stories. Whose complaint it was is seen, and said, by who sees complaints alone."""

    kind = "story"
    table = success_story

    @property
    def sees(self) -> bool:
        """Whether the account sees which complaint a story is about."""
        return self.scope.may(COMPLAINTS)

    def columns(self, there: There, draft: StoryDraft) -> dict[str, Any]:
        """The columns, and that what they name is there."""
        names = {"category": draft.category, "district": draft.district}
        ids = {
            f"{name}_id": None if slug is None else id_in(there.directory, name, slug, name)
            for name, slug in names.items()
        }
        if draft.complaint is not None:
            _check_there(there, draft.complaint)
        return {
            **ids,
            "complaint_id": draft.complaint,
            "title": line_in(draft.title, "title", "Say in a few words what happened", LONGEST),
            "kind": line_in(draft.kind, "kind", "Say what kind of story it is, such as citizen brought home", LONGEST),
            "told_on": near(draft.told_on, "told_on", there.state),
            "summary": line_in(draft.summary, "summary", "Say what happened", LONGEST_TEXT),
            "source": line_in(draft.source, "source", "Say where it was told", LONGEST),
        }

    def entered(self, there: There) -> list[Entered[StoryDraft]]:
        """All stories, the newest first; whose complaint each was, for who sees complaints."""
        found = super().entered(there)
        return found if self.sees else [replace(one, draft=replace(one.draft, complaint=None)) for one in found]

    def add(self, draft: StoryDraft) -> int:
        """Enter it. Its number."""
        self._demand_sight(draft)
        return super().add(draft)

    def change(self, number: int, seen: int, draft: StoryDraft) -> None:
        """Write it anew."""
        self._demand_sight(draft)
        super().change(number, seen, draft)

    def kept(self, draft: StoryDraft, before: StoryDraft) -> StoryDraft:
        """Whose complaint it was stays where the account does not see it."""
        return draft if self.sees else replace(draft, complaint=before.complaint)

    def _demand_sight(self, draft: StoryDraft) -> None:
        if draft.complaint is not None:
            self.scope.demand(COMPLAINTS, "single complaints, so it links none")

    def drafts(self, there: There, rows: Sequence[Row[Any]]) -> list[StoryDraft]:
        """As they stand, with the complaint whoever asks: `entered` leaves it out."""
        return [
            StoryDraft(
                title=row.title,
                kind=row.kind,
                told_on=row.told_on,
                category=slug_in(there.directory, "category", row.category_id) or None,
                district=slug_in(there.directory, "district", row.district_id) or None,
                complaint=row.complaint_id,
                summary=row.summary,
                source=row.source,
            )
            for row in rows
        ]

    def day(self) -> Any:
        """The day on which it was told."""
        return success_story.c.told_on


def _check_there(there: There, number: int) -> None:
    if there.connection.execute(select(complaint.c.id).where(complaint.c.id == number)).first() is None:
        raise RecordProblem(f"There is no complaint {number}; check its number, or leave it empty.", "complaint")
