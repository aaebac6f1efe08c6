"""The panels of what has no levels below it: a click on a row chooses it, a second one takes the choice away.

They show all their rows whatever is chosen of them, and count under all other filters.
"""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.columns import FIGURES
from dashboard.panels.panel import Column, Headline, Panel, Question
from dashboard.panels.parts import IS_MEMBER, PARAMETERS
from dashboard.words import flat_headlines as headlines
from dashboard.words.text import marked
from data_access.questions import flat

_ALL: Final = (*(name for name in PARAMETERS if name not in {"compare", "lang"}), "outcome", "lang")
"""What is asked about complaints here; how they ended among it."""
_RECEIVED: Final = Band(marked("Received"), "complaints", (Series("received", "", "accent"),))
_BESIDE: Final = (
    Band(marked("Pending"), "complaints", (Series("pending", ""),)),
    Band(marked("Resolution rate"), "fraction", (Series("resolution_rate", ""),)),
)
"""What stands beside the bars, where it is not the same for all."""
_BY_NAME: Final = {column.name: column for column in FIGURES}


def _panel(name: str, drill: str, title: str, question: Question, headline: Headline, what: tuple[str, str]) -> Panel:
    label, definition = what
    return Panel(
        name=name,
        title=title,
        question=question,
        headline=headline,
        parameters=tuple(one for one in _ALL if one != drill),
        columns=(
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", label, "text", definition),
            IS_MEMBER,
            Column("share", "Share", "fraction", "received ÷ received in all rows"),
            *(_BY_NAME[one] for one in (*flat.COUNTS, *flat.RATES)),
        ),
        chart=Chart("toggles", "name", (_RECEIVED, *(() if drill == "outcome" else _BESIDE))),
        drill=drill,
        toggles=True,
    )


FLAT: Final = (
    _panel(
        "channels",
        "channel",
        marked("How do complaints come in?"),
        flat.channels,
        headlines.largest,
        (marked("Channel"), "how the complaint came in"),
    ),
    _panel(
        "residencies",
        "residency",
        marked("Where do those who complain live?"),
        flat.residencies,
        headlines.largest,
        (marked("Residency"), "where the citizen lives"),
    ),
    _panel(
        "genders",
        "gender",
        marked("Who complains?"),
        flat.genders,
        headlines.largest,
        (marked("Gender"), "the citizen's gender"),
    ),
    _panel(
        "outcomes",
        "outcome",
        marked("How did complaints end?"),
        flat.outcomes,
        headlines.endings,
        (marked("Outcome"), "how the closing that stands ended"),
    ),
)
