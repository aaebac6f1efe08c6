"""/initiatives/entries: policies that came out of complaints, and campaigns that make the portal known."""

from collections.abc import Mapping
from typing import Final

from dashboard.web.entries.fields import SEVERAL, Field, category_groups
from dashboard.web.entries.sheet import Sheet
from dashboard.web.guard import INITIATIVES_PAGE
from dashboard.web.typed import day_in
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.directory import Directory
from data_access.entries.initiatives import InitiativeDraft, Initiatives
from data_access.questions.initiatives import CAMPAIGN, POLICY
from data_access.recording import LONGEST_TEXT
from data_access.scope import Scope

KINDS: Final[Mapping[str, str]] = {
    POLICY: marked("policy that answers complaints"),
    CAMPAIGN: marked("campaign that makes the portal known"),
}


def fields(directory: Directory, _scope: Scope) -> list[Field]:
    """The fields of an initiative."""

    def words(message: str) -> str:
        return say(message, DEFAULT_LANGUAGE)

    kinds = [(kind, words(name)) for kind, name in KINDS.items()]
    return [
        Field("title", words("Title"), about=words("What was changed, in a few words")),
        Field("kind", words("Kind"), "choice", groups=[("", kinds)]),
        Field("owner", words("Owner"), about=words("The office that is answerable for it, no person")),
        Field("started_on", words("Begun"), "date", about=words("Weeks before and since are counted from this day.")),
        Field("summary", words("In short"), "long", words("What it does"), most=LONGEST_TEXT),
        Field("source", words("Source"), about=words("Where it was told of, such as: Portal report, October 2019")),
        Field(
            "categories",
            words("Categories that it answers"),
            "ticks",
            words("Its effect is measured over all of them together. A campaign has none."),
            needed=False,
            groups=category_groups(directory),
        ),
    ]


def draft_in(asked: Mapping[str, str]) -> InitiativeDraft:
    """The initiative that was typed. Raises RecordProblem."""
    return InitiativeDraft(
        kind=asked["kind"],
        title=asked["title"],
        owner=asked["owner"],
        started_on=day_in(asked["started_on"], "started_on"),
        categories=tuple(asked["categories"].split(SEVERAL)) if asked["categories"] else (),
        summary=asked["summary"],
        source=asked["source"],
    )


def cells(draft: InitiativeDraft, directory: Directory, language: str) -> list[str]:
    """The initiative under HEADS."""
    names = [directory.name_of("category", slug) for slug in draft.categories]
    kind = say(KINDS[draft.kind], language) if draft.kind in KINDS else draft.kind
    return [draft.title, kind, day(draft.started_on, language), draft.owner, "; ".join(sorted(names)), draft.source]


SHEET: Final = Sheet(
    name="initiative_entries",
    path=INITIATIVES_PAGE,
    title=marked("Initiatives"),
    back=("/initiatives", marked("Back to the initiatives")),
    adds=marked("Enter an initiative"),
    changes_one=marked("Change initiative {number}"),
    about=marked("Name no citizen: everybody with an account reads it."),
    nothing=marked("No initiative is entered yet."),
    heads=(
        *(marked("Title"), marked("Kind"), marked("Begun")),
        *(marked("Owner"), marked("Categories"), marked("Source")),
    ),
    fields=fields,
    draft_in=draft_in,
    cells=cells,
    book=Initiatives,
)
