"""Initiatives as they are entered: policies that answer complaints, and campaigns that make the portal known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from data_access.entries.book import Changing
from data_access.entries.entry import There, line_in
from data_access.questions.initiatives import CAMPAIGN, KINDS
from data_access.recording import LONGEST, LONGEST_TEXT, RecordProblem, id_in, in_one_line, near
from data_access.tables.records import initiative, initiative_category


@dataclass(frozen=True)
class InitiativeDraft:
    """One initiative: what was changed, who is answerable for it, and the categories, by slug, that it answers."""

    kind: str
    title: str
    owner: str
    started_on: date
    categories: tuple[str, ...]
    summary: str
    source: str

    def said(self) -> dict[str, str]:
        """As it is typed; the categories in order, with blanks between."""
        return {
            "kind": self.kind,
            "title": in_one_line(self.title),
            "owner": in_one_line(self.owner),
            "started_on": str(self.started_on),
            "categories": " ".join(sorted(set(self.categories))),
            "summary": in_one_line(self.summary),
            "source": in_one_line(self.source),
        }


class Initiatives(Changing[InitiativeDraft]):
    """Writes initiatives."""

    kind = "initiative"
    table = initiative

    def columns(self, there: There, draft: InitiativeDraft) -> dict[str, Any]:
        """The columns, and that the categories are there."""
        if draft.kind not in KINDS:
            raise RecordProblem("Choose whether it is a policy or a campaign.", "kind")
        if draft.kind == CAMPAIGN and draft.categories:
            message = "A campaign makes the whole portal known: leave all categories out, or choose policy."
            raise RecordProblem(message, "categories")
        for slug in draft.categories:
            id_in(there.directory, "category", slug, "categories")
        return {
            "kind": draft.kind,
            "title": line_in(draft.title, "title", "Say what it is called", LONGEST),
            "owner": line_in(draft.owner, "owner", "Say which office is answerable for it", LONGEST),
            "started_on": near(draft.started_on, "started_on", there.state),
            "summary": line_in(draft.summary, "summary", "Say what it does", LONGEST_TEXT),
            "source": line_in(draft.source, "source", "Say where it was told of", LONGEST),
        }

    def beside(self, there: There, number: int, draft: InitiativeDraft) -> None:
        """The categories that it answers, in place of those that it answered."""
        there.connection.execute(delete(initiative_category).where(initiative_category.c.initiative_id == number))
        keys = sorted({there.directory.id_of("category", slug) for slug in draft.categories})
        if keys:
            rows = [{"initiative_id": number, "category_id": key} for key in keys]
            there.connection.execute(insert(initiative_category), rows)

    def drafts(self, there: There, rows: Sequence[Row[Any]]) -> list[InitiativeDraft]:
        """As they stand."""
        answered: dict[int, list[str]] = {}
        for pair in there.connection.execute(select(initiative_category)):
            if pair.category_id in there.directory.members["category"]:
                slug = there.directory.member("category", pair.category_id).slug
                answered.setdefault(pair.initiative_id, []).append(slug)
        names = ("kind", "title", "owner", "started_on", "summary", "source")
        return [
            InitiativeDraft(
                categories=tuple(sorted(answered.get(row.id, ()))), **{name: getattr(row, name) for name in names}
            )
            for row in rows
        ]

    def day(self) -> Any:
        """The first day."""
        return initiative.c.started_on
