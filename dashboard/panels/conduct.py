"""The panels of citizens' conduct: the index by home, what flags weigh, and which of them are false. Never one citizen.

The one panel that shows one is for who may open it, and each time is noted.
"""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.panel import Column, Panel
from dashboard.words import conduct as words
from dashboard.words.text import marked
from data_access.questions.citizen_flags import citizen_flags
from data_access.questions.false_flags import false_flags
from data_access.questions.responsibility import conduct_weights, responsibility, responsibility_course
from data_access.roles import CONDUCT

_FEW: Final = "null: held back, for it is of fewer than ten people, or would let one work them out"
_MONTH: Final = Column(
    "month_ending", "Month's end", "day", "the last day of a month: figures about conduct are told then"
)
_OF_GOVERNMENTS: Final = "told of governments only: of offices it would be too few people"
_STANDING: Final = (
    Column("registered", "Registered", "citizens", "citizens registered at the month's end"),
    Column("below_100", "Below 100", "citizens", f"citizens whose index, as a whole number, is below 100; {_FEW}", -1),
    Column("per_10000", "Per 10,000 registered", "per_100k", "below 100 ÷ registered × 10,000", -1),
    Column("mean_below", "Their mean", "ratio", "the mean index of those below 100", 1),
)
_HOME: Final = (
    Column("slug", "Slug", "text", "the territory's name in addresses, or who lives in none"),
    Column("name", "Home", "text", "the territory where citizens are at home; overseas; foreigners; not known; all"),
    Column("is_member", "Is a territory", "flag", "whether the row is a territory"),
)
_RATES: Final = (
    Column(
        "false_rate",
        "False-flag rate",
        "fraction",
        "reviewed flags that were not upheld, or whose appeal was allowed, or whose complaint ended in relief ÷ "
        f"reviewed flags; {_FEW}",
        -1,
    ),
    Column("false_rate_low", "At least", "fraction", "where the rate is held back: it is so large at least"),
    Column("false_rate_high", "At most", "fraction", "where the rate is held back: it is so large at most"),
)

CONDUCT_PANELS: Final = (
    Panel(
        name="responsibility",
        title=marked("How many citizens misuse the portal?"),
        question=responsibility,
        headline=words.standing,
        parameters=("as_of", "lang"),
        columns=(
            *_HOME,
            _MONTH,
            *_STANDING,
            Column("band_90", "90 to 99", "citizens", f"citizens with an index from 90 to 99; {_FEW}"),
            Column("band_0", "Below 90", "citizens", f"citizens with an index below 90; {_FEW}", -1),
            Column("told", "Told", "text", "everything, the sum alone, or nothing"),
        ),
        chart=Chart(
            "withheld",
            "name",
            (Band(marked("Below 100, per 10,000"), "citizens", (Series("per_10000", "", "accent"),)),),
            below=("registered", "below_100", "band_90", "band_0", "mean_below"),
        ),
        by_event_days=True,
        public_lines=True,
    ),
    Panel(
        name="responsibility-course",
        title=marked("Does misuse grow?"),
        question=responsibility_course,
        headline=words.course,
        parameters=("as_of", "lang"),
        columns=(*_HOME, _MONTH, *_STANDING),
        chart=Chart(
            "months",
            "name",
            (Band(marked("Below 100, per 10,000"), "citizens", (Series("per_10000", "", "accent"),)),),
        ),
        by_event_days=True,
        public_lines=True,
    ),
    Panel(
        name="conduct-weights",
        title=marked("What does a flag weigh?"),
        question=conduct_weights,
        headline=words.due_process,
        parameters=("as_of", "lang"),
        columns=(
            Column("slug", "Slug", "text", "the kind's name in settings"),
            Column("kind", "Flag", "text", "the kind of flag"),
            Column("weight", "Points", "whole", "what it takes off the index of 100 on the day it is upheld"),
            Column("half_life", "Half after", "days", "days after which it takes off half as much, and so on"),
        ),
        chart=Chart("plain", "kind", ()),
        by_event_days=True,
        public_lines=True,
    ),
    Panel(
        name="false-flags",
        title=marked("Which offices flag citizens without cause?"),
        question=false_flags,
        headline=words.false_ones,
        parameters=("as_of", "government", "department", "office", "lang"),
        columns=(
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", "Name", "text", "all offices, a government, an office, or all offices that are not told of"),
            Column("level", "Level", "text", "what the row is: all, government, office or rest"),
            Column("is_member", "Is one", "flag", "whether the row is a government or an office"),
            Column("department", "Department", "text", "the department of the office"),
            Column("government_slug", "Government slug", "text", "the government's name in addresses"),
            Column("government", "Government", "text", "the government of the office"),
            _MONTH,
            Column("flags", "Flags", "whole", f"flags that it has made by the month's end; {_FEW}"),
            Column("reviewed", "Reviewed", "whole", f"of these, reviewed by then; {_FEW}"),
            Column("false_flags", "False", "whole", f"of these, false by then; {_FEW}", -1),
            *_RATES,
            Column(
                "not_upheld", "Not upheld", "whole", "reviewed flags that were not upheld, or whose appeal was allowed"
            ),
            Column("not_upheld_rate", "Not upheld, share", "fraction", f"not upheld ÷ reviewed, {_OF_GOVERNMENTS}"),
            Column("with_relief", "With relief", "whole", "flags whose complaint stands closed with relief"),
            Column("with_relief_rate", "With relief, share", "fraction", f"with relief ÷ flags, {_OF_GOVERNMENTS}"),
            Column("arrivals", "Arrivals", "whole", "times that a complaint came to the office"),
            Column("per_1000", "Flags per 1,000", "per_100k", "flags ÷ arrivals × 1,000", -1),
            Column(
                "peers_per_1000",
                "Peers' per 1,000",
                "per_100k",
                "the same of offices with the same post; of all others where fewer than 5 of those are there",
            ),
            Column(
                "score",
                "Score",
                "decimal",
                "standard deviations above its peers (funnel plot with random effects, Spiegelhalter 2005)",
            ),
            Column("stands_out", "Stands out", "flag", "whether the score is 3 or more: chance explains little of it"),
        ),
        chart=Chart(
            "withheld",
            "name",
            (Band(marked("False-flag rate"), "fraction", (Series("false_rate", "", "alarm"),)),),
            below=("flags", "reviewed", "not_upheld_rate", "with_relief_rate", "per_1000", "peers_per_1000"),
        ),
        drill_by="level",
        by_event_days=True,
    ),
    Panel(
        name="citizen-flags",
        title=marked("Which flags has this citizen, and which of them count?"),
        question=citizen_flags,
        headline=words.of_one,
        parameters=("as_of", "id", "lang"),
        columns=(
            Column("id", "Flag", "number", "the flag's number"),
            Column("citizen", "Citizen", "number", "the citizen's pseudonymous number"),
            Column("complaint", "Complaint", "number", "the complaint that it was made at"),
            Column("kind", "Kind", "text", "what the citizen is said to have done"),
            Column("office_slug", "Office slug", "text", "the office's name in addresses"),
            Column("office", "Office", "text", "the office that made it"),
            Column("government", "Government", "text", "the government of the office"),
            Column("flagged_on", "Flagged", "day", "the day it was made"),
            Column("reviewed_on", "Reviewed", "day", "the day it was reviewed; empty: not yet"),
            Column("upheld", "Upheld", "flag", "whether the review upheld it"),
            Column("appeal", "Appeal", "text", "lodged, allowed or rejected"),
            Column("appeal_decided_on", "Decided", "day", "the day the appeal was decided"),
            Column("counts", "Counts", "flag", "upheld, and no appeal against it allowed"),
            Column("points", "Points", "decimal", "what it takes off the index on the as-of day"),
            Column("index", "Index", "whole", "what is left of 100, the same in all rows"),
        ),
        chart=Chart("plain", "kind", ()),
        ability=CONDUCT,
        needs=("id",),
        viewed_as="citizen-viewed",
        by_event_days=True,
    ),
)
