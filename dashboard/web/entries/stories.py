"""/initiatives/stories: whom the portal helped, as it is told."""

from collections.abc import Mapping
from typing import Final

from dashboard.web.accounts.choices import choices_of
from dashboard.web.entries.fields import Field, category_groups, number_of, slug_of
from dashboard.web.entries.sheet import Sheet
from dashboard.web.guard import STORIES_PAGE
from dashboard.web.typed import day_in
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.directory import Directory
from data_access.entries.stories import Stories, StoryDraft
from data_access.recording import LONGEST_TEXT
from data_access.roles import COMPLAINTS
from data_access.scope import Scope

_NONE: Final = marked("not said")


def fields(directory: Directory, scope: Scope) -> list[Field]:
    """The fields of a story; whose complaint it was, for accounts that see complaints."""

    def words(message: str) -> str:
        return say(message, DEFAULT_LANGUAGE)

    none = ("", [("", words(_NONE))])
    number = Field(
        "complaint",
        words("Complaint"),
        about=words("Its number, or nothing; only accounts that see complaints see it."),
        needed=False,
        most=19,
    )
    return [
        Field("title", words("Title"), about=words("What happened, in a few words")),
        Field("kind", words("Kind"), about=words("such as: citizen brought home")),
        Field("told_on", words("Told on"), "date"),
        Field("category", words("Category"), "choice", needed=False, groups=[none, *category_groups(directory)]),
        Field(
            "district",
            words("District"),
            "choice",
            needed=False,
            groups=[none, *choices_of(directory).districts.items()],
        ),
        *([number] if scope.may(COMPLAINTS) else []),
        Field("summary", words("What happened"), "long", words("Name no citizen and no officer."), most=LONGEST_TEXT),
        Field("source", words("Source"), about=words("Where it was told, such as: Portal report, October 2019")),
    ]


def draft_in(asked: Mapping[str, str]) -> StoryDraft:
    """The story that was typed. Raises RecordProblem."""
    return StoryDraft(
        title=asked["title"],
        kind=asked["kind"],
        told_on=day_in(asked["told_on"], "told_on"),
        category=slug_of(asked, "category"),
        district=slug_of(asked, "district"),
        complaint=number_of(asked.get("complaint", ""), "complaint"),
        summary=asked["summary"],
        source=asked["source"],
    )


def cells(draft: StoryDraft, directory: Directory, language: str) -> list[str]:
    """The story under its heads."""
    category, district = (
        directory.name_of(name, slug) if slug else ""
        for name, slug in (("category", draft.category), ("district", draft.district))
    )
    number = "" if draft.complaint is None else str(draft.complaint)
    return [draft.title, draft.kind, day(draft.told_on, language), category, district, number, draft.source]


SHEET: Final = Sheet(
    name="story_entries",
    path=STORIES_PAGE,
    title=marked("Success stories"),
    back=("/initiatives", marked("Back to the initiatives")),
    adds=marked("Enter a story"),
    changes_one=marked("Change story {number}"),
    about=marked("Everybody with an account reads it."),
    nothing=marked("No story is entered yet."),
    heads=(
        *(marked("Title"), marked("Kind"), marked("Told on"), marked("Category")),
        *(marked("District"), marked("Complaint"), marked("Source")),
    ),
    fields=fields,
    draft_in=draft_in,
    cells=cells,
    book=Stories,
)
