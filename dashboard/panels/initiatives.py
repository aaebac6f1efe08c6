"""The panels of what came out of complaints: initiatives, whether they changed anything, campaigns, and stories."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.panel import Column, Panel
from dashboard.words import initiatives as words
from dashboard.words.text import marked
from data_access.questions.awareness import awareness
from data_access.questions.initiative_effect import initiative_course, initiative_effect
from data_access.questions.initiatives import initiatives, stories

_ONE: Final = ("as_of", "government", "id", "lang")
_CATEGORY: Final = (
    Column("category_slug", "Slug of the category", "text", "the category's name in addresses"),
    Column("category", "Category", "text", "the category that it is about; empty: no single one"),
)
_STARTED: Final = Column("started_on", "Begun", "day", "the first day of the initiative")
_SIDES: Final = tuple(
    Column(f"{who}_{when}", label, "decimal", f"{what} {side}: complaints a week, or a share")
    for who, what in (("own", "in its categories"), ("others", "in all other categories"))
    for when, side, label in (
        ("before", "in the weeks before", marked("Before") if who == "own" else marked("Elsewhere before")),
        ("after", "in the weeks since", marked("Since") if who == "own" else marked("Elsewhere since")),
    )
)
_CHANGES: Final = tuple(
    Column(name, label, "decimal", f"{what}; of complaints a factor less 1, of shares a difference", signed=True)
    for name, label, what in (
        ("own_change", marked("Change"), "since against before, in its categories"),
        ("others_change", marked("Change elsewhere"), "since against before, in all other categories"),
        ("effect", marked("Effect"), "the change in its categories beyond that elsewhere (difference in differences)"),
        ("low", marked("At least"), "the lower end of the 95% interval of the effect"),
        ("high", marked("At most"), "the upper end of the 95% interval of the effect"),
    )
)

INITIATIVES: Final = (
    Panel(
        name="initiatives",
        title=marked("What came out of complaints?"),
        question=initiatives,
        headline=words.listed,
        parameters=("as_of", "lang"),
        columns=(
            Column("id", "Number", "number", "the initiative's number in addresses"),
            Column("slug", "Slug", "text", "the initiative's name"),
            Column("kind", "Kind", "text", "policy, or campaign: one that makes the portal known"),
            Column("title", "Initiative", "text", "what was changed"),
            Column("owner", "Owner", "text", "who is answerable for it"),
            _STARTED,
            Column(
                "category_slugs", "Slugs of the categories", "text", "their names in addresses, with blanks between"
            ),
            Column("categories", "Categories", "text", "the categories that it answers, with ; between; empty: none"),
            Column("summary", "In short", "text", "what it does"),
            Column("source", "Source", "text", "where it was told of"),
        ),
        chart=Chart("told", "title", ()),
        by_event_days=True,
    ),
    Panel(
        name="initiative-effect",
        title=marked("Did it change anything?"),
        question=initiative_effect,
        headline=words.effects,
        parameters=_ONE,
        columns=(
            Column("slug", "Slug", "text", "the measure's name: volume, resolution, satisfaction"),
            Column(
                "name",
                "Measure",
                "text",
                "complaints filed a week; the share of those received that were resolved within 20 days and were so at "
                "the end of them; satisfied ÷ answers",
            ),
            Column("weeks", "Weeks", "whole", "whole weeks on either side, 13 at most"),
            _STARTED,
            Column("from_on", "From", "day", "the first day of the weeks before"),
            Column("to_on", "To", "day", "the last day of the weeks since"),
            Column("own_before_of", "Counted before", "whole", "complaints or answers of the weeks before"),
            Column("own_after_of", "Counted since", "whole", "complaints or answers of the weeks since"),
            *_SIDES,
            *_CHANGES,
            Column("verdict", "Verdict", "text", "more or less than elsewhere, none: chance explains it, early, few"),
        ),
        chart=Chart("effect", "name", ()),
        by_event_days=True,
    ),
    Panel(
        name="initiative-course",
        title=marked("How did complaints there move?"),
        question=initiative_course,
        headline=words.weekly,
        parameters=_ONE,
        columns=(
            Column("week_ending", "Week ending", "day", "the last day of the week; weeks begin on its first weekday"),
            _STARTED,
            Column("filed", "Filed", "complaints", "complaints filed in its categories"),
            Column(
                "expected",
                "As elsewhere",
                "complaints",
                "filed in all other categories × filed in its own ÷ filed in all others, both before it began",
            ),
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(
                    marked("Filed a week"),
                    "complaints",
                    (
                        Series("filed", marked("filed"), "accent"),
                        Series("expected", marked("as elsewhere"), "plain"),
                    ),
                ),
            ),
            marked="started_on",
        ),
        by_event_days=True,
    ),
    Panel(
        name="awareness",
        title=marked("Did more people come when the portal was made known?"),
        question=awareness,
        headline=words.known,
        parameters=_ONE,
        columns=(
            Column("week_ending", "Week ending", "day", "the last day of the week; weeks begin on its first weekday"),
            Column("id", "Number", "number", "the campaign's number in addresses"),
            Column("title", "Campaign", "text", "what it is called"),
            _STARTED,
            Column("home", "At home in", "text", "the territory that registrations are of; empty: all, and abroad"),
            Column("registered", "Registered", "citizens", "citizens who registered in the week"),
            Column("filed", "Filed", "complaints", "complaints filed in the week, about anything"),
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(
                    marked("Registered"),
                    "citizens",
                    (Series("registered", marked("registered"), "accent"),),
                ),
                Band(marked("Filed"), "complaints", (Series("filed", marked("filed"), "accent"),)),
            ),
            marked="started_on",
        ),
        by_event_days=True,
    ),
    Panel(
        name="stories",
        title=marked("Whom did the portal help?"),
        question=stories,
        headline=words.told,
        parameters=("as_of", "lang"),
        columns=(
            Column("slug", "Slug", "text", "the story's name"),
            Column("title", "Story", "text", "what happened, in a few words"),
            Column("kind", "Kind", "text", "what kind of story it is"),
            Column("told_on", "Told", "day", "the day on which it was told"),
            *_CATEGORY,
            Column("district_slug", "Slug of the district", "text", "the district's name in addresses"),
            Column("district", "District", "text", "where it happened; empty where that is not said"),
            Column("complaint", "Complaint", "number", "its number, for accounts that see complaints"),
            Column("summary", "In short", "text", "what happened"),
            Column("source", "Source", "text", "where it was told"),
        ),
        chart=Chart("told", "title", ()),
        by_event_days=True,
    ),
)
