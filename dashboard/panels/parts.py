"""The panels of the parts of a whole: places, departments, offices, categories. Their rows add up to the totals."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.columns import FIGURES
from dashboard.panels.panel import Column, Panel
from dashboard.words import part_headlines as headlines
from dashboard.words.text import marked
from data_access.questions.categories import categories
from data_access.questions.departments import departments, offices
from data_access.questions.hotspots import hotspots
from data_access.questions.places import districts, provinces

PARAMETERS: Final = (
    "as_of",
    "from",
    "to",
    "government",
    "division",
    "district",
    "department",
    "office",
    "category",
    "channel",
    "residency",
    "gender",
    "view",
    "compare",
    "lang",
)
"""What a panel of counts takes."""
_MAPPED: Final = (*PARAMETERS[:-2], "metric", *PARAMETERS[-2:])
_RATE: Final = (Band(marked("Resolution rate"), "fraction", (Series("resolution_rate", "", "accent"),)),)
_PENDING: Final = (Band(marked("Pending"), "complaints", (Series("pending", "", "accent"),)),)
IS_MEMBER: Final = Column(
    "is_member",
    "Can be asked for",
    "flag",
    "whether the row is one of what the panel lists; the others hold what belongs to none, so that sums stay whole",
)
_LAND: Final = (
    Column("latitude", "Latitude", "degrees", "of the middle, degrees north"),
    Column("longitude", "Longitude", "degrees", "of the middle, degrees east"),
    Column("population", "People", "whole", "people in the census of 2017; empty where not all were counted"),
    Column("per_100k", "Per 100,000 people", "per_100k", "received ÷ people in the census of 2017 × 100,000"),
)


def _about(what: str, definition: str, parent: str) -> tuple[Column, ...]:
    outer = parent.lower()
    return (
        Column("slug", "Slug", "text", "the row's name in addresses"),
        Column("name", what, "text", definition),
        Column("parent_slug", f"Slug of the {outer}", "text", f"the name of its {outer} in addresses"),
        Column("parent_name", parent, "text", f"the {outer} it belongs to"),
        IS_MEMBER,
    )


PLACES: Final = (
    Panel(
        name="provinces",
        title=marked("How do the provinces compare?"),
        question=provinces,
        headline=headlines.best_and_worst,
        parameters=_MAPPED,
        columns=(
            *_about(
                marked("Province"),
                "the government that holds the complaints; counted by place, the one in whose territory they are about",
                marked("Country"),
            ),
            *_LAND,
            *FIGURES,
        ),
        chart=Chart("map", "name", _RATE, shapes="provinces"),
        drill="government",
        public_lines=True,
    ),
    Panel(
        name="districts",
        title=marked("How do the districts compare?"),
        question=districts,
        headline=headlines.best_and_worst,
        parameters=_MAPPED,
        columns=(
            *_about(marked("District"), "where the complaints are about", marked("Division")),
            *_LAND,
            *FIGURES,
        ),
        chart=Chart("map", "name", _RATE, shapes="districts"),
        drill="district",
    ),
)
HOLDERS: Final = (
    Panel(
        name="departments",
        title=marked("Which departments hold the backlog?"),
        question=departments,
        headline=headlines.half_of_the_backlog,
        parameters=PARAMETERS,
        columns=(
            *_about(marked("Department"), "the department that holds the complaints", marked("Government")),
            *FIGURES,
        ),
        chart=Chart("pareto", "name", _PENDING),
        drill="department",
    ),
    Panel(
        name="desks",
        title=marked("Which offices of the department hold the backlog?"),
        question=offices,
        headline=headlines.half_of_the_backlog,
        parameters=PARAMETERS,
        columns=(
            *_about(marked("Office"), "the office that holds the complaints", marked("Department")),
            Column("post", "Post", "text", "the post that heads the office"),
            *FIGURES,
        ),
        chart=Chart("pareto", "name", _PENDING),
        drill="office",
    ),
    Panel(
        name="categories",
        title=marked("What is the backlog about?"),
        question=categories,
        headline=headlines.half_of_the_backlog,
        parameters=PARAMETERS,
        columns=(
            *_about(marked("Category"), "what the complaints are about", marked("Main category")),
            *FIGURES,
        ),
        chart=Chart("pareto", "name", _PENDING),
        drill="category",
    ),
    Panel(
        name="hotspots",
        title=marked("Where is the backlog?"),
        question=hotspots,
        headline=headlines.fullest,
        lead=headlines.where_it_waits,
        parameters=PARAMETERS,
        columns=(
            Column("slug", "Slug", "text", "the department's name in addresses"),
            Column("name", "Department", "text", "the department that holds the complaints"),
            Column("district_slug", "Slug of the district", "text", "the district's name in addresses"),
            Column("district_name", "District", "text", "where the complaints are about"),
            Column("government_slug", "Slug of the government", "text", "the name of the department's government"),
            Column("government_name", "Government", "text", "the government the department belongs to"),
            Column.of_metric("pending"),
            Column.of_metric("pending_over_90"),
            Column.of_metric("overdue"),
        ),
        chart=Chart("heat", "name", _PENDING),
        drill="department",
    ),
)
