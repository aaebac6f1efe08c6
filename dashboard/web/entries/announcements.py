"""/methods/announcements: figures told in public, which the ledger is held against."""

from collections.abc import Mapping
from typing import Final

from dashboard.web.entries.fields import Field, slug_of
from dashboard.web.entries.sheet import Sheet
from dashboard.web.guard import ANNOUNCEMENTS_PAGE
from dashboard.web.typed import day_in, value_in
from dashboard.words.announced import label_of, unit_of
from dashboard.words.dates import day
from dashboard.words.numbers import shown
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.directory import Directory
from data_access.entries.announcements import TOLD, AnnouncementDraft, Announcements, is_share
from data_access.questions.announced import ALL
from data_access.scope import Scope

NATION: Final = marked("the nation")
_UNITS: Final[Mapping[str, str]] = {"fraction": marked("percent"), "days": marked("days")}


def fields(directory: Directory, _scope: Scope) -> list[Field]:
    """The fields of a figure."""

    def words(message: str) -> str:
        return say(message, DEFAULT_LANGUAGE)

    governments = [(one.slug, one.name) for one in directory.members["government"].values()]
    metrics = [(metric, _with_unit(metric, DEFAULT_LANGUAGE)) for metric in TOLD]
    return [
        Field("metric", words("What was told"), "choice", groups=[("", metrics)]),
        Field("value", words("Value"), about=words("55 for 55%, or a number"), most=20),
        Field(
            "government",
            words("Of"),
            "choice",
            needed=False,
            groups=[("", [("", words(NATION)), *governments])],
        ),
        Field("as_of", words("As of"), "date", about=words("The day whose end the figure is of")),
        Field("announced_on", words("Told on"), "date"),
        Field("source", words("Source"), about=words("Where it was told, such as: Portal report, October 2019")),
    ]


def draft_in(asked: Mapping[str, str]) -> AnnouncementDraft:
    """The figure that was typed. Raises RecordProblem."""
    return AnnouncementDraft(
        announced_on=day_in(asked["announced_on"], "announced_on"),
        as_of=day_in(asked["as_of"], "as_of"),
        source=asked["source"],
        metric=asked["metric"],
        government=slug_of(asked, "government"),
        value=value_in(asked["value"], in_percent=is_share(asked["metric"])),
    )


def _with_unit(metric: str, language: str) -> str:
    unit = _UNITS.get(unit_of(metric))
    return ", ".join((label_of(metric, language), *([say(unit, language)] if unit else [])))


def cells(draft: AnnouncementDraft, directory: Directory, language: str) -> list[str]:
    """The figure under its heads."""
    whose = directory.name_of("government", draft.government) if draft.government else say(NATION, language)
    part = say(draft.note, language) if draft.note and draft.note != ALL else ""
    told = shown(draft.value, unit_of(draft.metric), language)
    days = [day(draft.as_of, language), day(draft.announced_on, language)]
    return [label_of(draft.metric, language), f"{whose}, {part}" if part else whose, told, *days, draft.source]


SHEET: Final = Sheet(
    name="announcement_entries",
    path=ANNOUNCEMENTS_PAGE,
    title=marked("Announcements"),
    back=("/methods", marked("Back to the methods")),
    adds=marked("Enter a figure that was told in public"),
    changes_one="",
    about=marked("The ledger is held against it. A mistake is withdrawn, and entered anew."),
    nothing=marked("No announcement is entered yet."),
    heads=(
        *(marked("What was told"), marked("Of"), marked("Value")),
        *(marked("As of"), marked("Told on"), marked("Source")),
    ),
    fields=fields,
    draft_in=draft_in,
    cells=cells,
    book=Announcements,
)
