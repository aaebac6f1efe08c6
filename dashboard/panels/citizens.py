"""The panels of registered citizens: public lines of territories, the same for all accounts, by day alone."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.columns import WEEK
from dashboard.panels.panel import Column, Panel
from dashboard.words import citizens as words
from dashboard.words.text import marked
from data_access.questions.citizens import citizens, registrations

_BY_PEOPLE: Final = Band(marked("Registered per 1,000 people"), "citizens", (Series("per_1000", "", "accent"),))
_BELOW: Final = (
    *("registered", "share", "registered_change", "share_women", "share_special"),
    *("complaints", "per_citizen", "complainants", "repeat_complainants", "repeat_share"),
)

CITIZENS: Final = (
    Panel(
        name="citizens",
        title=marked("Who is registered, and from where?"),
        question=citizens,
        headline=words.registered,
        parameters=("as_of", "compare", "lang"),
        columns=(
            Column("slug", "Slug", "text", "the territory's name in addresses, or who lives in none"),
            Column(
                "name",
                "Home",
                "text",
                "the territory where the citizen is at home, whomever the complaint is addressed to; overseas; "
                "foreigners; not known; last complaints whose citizen is not known, where there are any",
            ),
            Column("is_member", "Is a territory", "flag", "whether the row is a territory; the others keep sums whole"),
            Column("registered", "Registered", "citizens", "citizens registered until the end of the as-of day"),
            Column("share", "Share", "fraction", "registered ÷ registered in all rows"),
            Column(
                "registered_change",
                "Registered, change",
                "citizens",
                "registered on the as-of day less the same on the day compared with",
                signed=True,
            ),
            Column("population", "People", "whole", "people in the census of 2017; empty where not all were counted"),
            Column("per_1000", "Per 1,000 people", "per_100k", "registered ÷ people in the census of 2017 × 1,000"),
            Column("women", "Women", "citizens", "registered women"),
            Column("of_known_gender", "Gender known", "citizens", "registered citizens whose gender is known"),
            Column("share_women", "Women, share", "fraction", "women ÷ registered citizens whose gender is known"),
            Column("special_persons", "Special persons", "citizens", "registered special persons"),
            Column("share_special", "Special persons, share", "fraction", "special persons ÷ registered"),
            Column("complaints", "Complaints", "complaints", "complaints they filed until the as-of day, to anybody"),
            Column("per_citizen", "Complaints per citizen", "ratio", "complaints ÷ registered"),
            Column("complainants", "Complained", "citizens", "citizens who filed one complaint or more"),
            Column("repeat_complainants", "Complained again", "citizens", "citizens who filed two or more"),
            Column("repeat_share", "Again, share", "fraction", "complained again ÷ complained"),
        ),
        chart=Chart("map", "name", (_BY_PEOPLE,), shapes="provinces", sizes=("registered", "complaints"), below=_BELOW),
        by_event_days=True,
        public_lines=True,
    ),
    Panel(
        name="registrations",
        title=marked("Do more citizens register?"),
        question=registrations,
        headline=words.growth,
        parameters=("as_of", "from", "to", "lang"),
        columns=(
            *WEEK,
            Column("new", "New", "citizens", "citizens who registered in the week"),
            Column("registered", "Registered", "citizens", "citizens registered at the end of the week"),
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(marked("New a week"), "citizens", (Series("new", marked("new"), "accent"),), flow=True),
                Band(marked("Registered"), "citizens", (Series("registered", marked("registered"), "plain"),)),
            ),
            span="days",
        ),
        by_event_days=True,
        public_lines=True,
    ),
)
