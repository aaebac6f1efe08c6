"""Long tables: headings that sort, the search box, and what of the address each of their links keeps."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import FilterError, Filters, parse_query
from data_access.questions.listing import Over, cursor_of
from data_access.roles import OFFICER_NAMES
from layouts.fields import Input
from layouts.pages import PAGES
from layouts.parts import Here
from layouts.roster import roster
from tests.app.small import example, reads_all
from tests.layouts.reading import every, of_class, props, text
from tests.strategies import at_length

ROSTERS = [panel for panel in PANELS.values() if panel.chart.kind == "roster"]
PAGE_OF = {name: path for path, page in PAGES.items() for name in page.panels}
BESIDE = f"as_of=2019-09-10&government=sindh&search=works&cursor={cursor_of(Over(100))}"


def laid_out(answer: Answer, query: str = BESIDE) -> Any:
    """The table with one row, under the filters of an address."""
    filters = parse_query(query)
    row = {column.name: None for column in answer.panel.columns} | {answer.panel.chart.category: "1"}
    one = replace(answer, rows=(row,), count=1, filters=filters, asked=filters)
    return roster(one, Here(PAGE_OF[answer.panel.name], filters))


def headings(part: Any) -> dict[str, html.Th]:
    """The headings of the columns, by their words."""
    return {text(one).strip(" ▲▼"): one for one in every(part, html.Th) if getattr(one, "scope", None) == "col"}


def way(heading: html.Th) -> dict[str, str]:
    """What the link of a heading asks for."""
    (link,) = every(heading, dcc.Link)
    return {name: value for name, (value,) in parse_qs(urlsplit(link.href).query).items()}


@pytest.mark.parametrize("panel", ROSTERS, ids=lambda panel: panel.name)
def test_a_table_takes_the_sorts_that_its_headings_offer(small: Database, panel: Any) -> None:
    """Each of them, in the one direction and the next in the other; in the long run in both."""
    assert panel.listing.sorts
    for turn, name in enumerate(panel.listing.sorts):
        both = (name, f"-{name}")
        for sort in both if at_length() else both[turn % 2 :][:1]:
            Answers().answer(panel, reads_all(small), example(panel).but(sort=sort))
    with pytest.raises(FilterError, match="sort=nonsense cannot be had"):
        Answers().answer(panel, reads_all(small), example(panel).but(sort="nonsense"))


@pytest.mark.parametrize("panel", ROSTERS, ids=lambda panel: panel.name)
def test_a_heading_keeps_the_address_and_begins_at_the_first_row(answers: dict[str, Answer], panel: Any) -> None:
    columns = {column.label: column.name for column in panel.columns}
    kept = {name: value for name, (value,) in parse_qs(BESIDE).items() if name != "cursor"}
    sorting = 0
    for label, heading in headings(laid_out(answers[panel.name])).items():
        if columns[label] not in panel.listing.sorts:
            assert every(heading, dcc.Link) == []
            continue
        sorting += 1
        asked = way(heading)
        assert asked.pop("sort").removeprefix("-") == columns[label]
        assert asked == kept
    assert sorting > 3


def test_a_heading_says_how_it_is_sorted_and_turns_it_round(answers: dict[str, Answer]) -> None:
    def seen(sort: str) -> list[tuple[str, str, str]]:
        heads = headings(laid_out(answers["signals"], f"sort={sort}")).values()
        marked = [(one, props(one).get("aria-sort")) for one in heads]
        return [(text(one), direction, way(one)["sort"]) for one, direction in marked if direction]

    assert seen("-score") == [("Score ▼", "descending", "score")]
    assert seen("score") == [("Score ▲", "ascending", "-score")]
    heads = headings(laid_out(answers["signals"]))
    first = [way(heads[label])["sort"] for label in ("Score", "Office", "First day", "Rank", "Signal")]
    assert first == ["-score", "name", "first_on", "rank", "label"]


@pytest.mark.parametrize(
    ("name", "label", "order"),
    [
        ("audit-sample", "Complaint ▲", "ascending"),
        ("signal-complaints", "First day ▲", "ascending"),
        ("actions", "Ordered ▼", "descending"),
    ],
)
def test_a_table_says_how_it_is_sorted_before_anybody_asks(
    answers: dict[str, Answer], name: str, label: str, order: str
) -> None:
    marked = [one for one in headings(laid_out(answers[name])).values() if "aria-sort" in props(one)]
    assert [(text(one), props(one)["aria-sort"]) for one in marked] == [(label, order)]


@pytest.mark.parametrize("panel", ROSTERS, ids=lambda panel: panel.name)
def test_a_table_has_a_search_box_that_keeps_the_address(answers: dict[str, Answer], panel: Any) -> None:
    (form,) = every(laid_out(answers[panel.name], f"{BESIDE}&sort=id"), html.Form)
    fields = {one.name: one.value for one in every(form, Input)}
    assert form.action == PAGE_OF[panel.name]
    assert fields == {"as_of": "2019-09-10", "government": "sindh", "sort": "id", "search": "works"}


def test_the_way_from_a_signal_to_its_complaints_leaves_its_sort_behind(answers: dict[str, Answer]) -> None:
    answer = answers["signals"]
    row: dict[str, Any] = {column.name: None for column in answer.panel.columns}
    row |= {"signal": "praise-burst", "slug": "sindh-office", "name": "Works office", "count": 21}
    filters = Filters(government="sindh", sort="-score", search="praise")
    one = replace(answer, rows=(row,), count=1, filters=filters, asked=filters, leads=frozenset({"sindh-office"}))
    (cell,) = [
        found for found in of_class(roster(one, Here("/signals", filters)), html.Td, "jd-number") if text(found) == "21"
    ]
    (link,) = every(cell, dcc.Link)
    assert link.href == "/signals?government=sindh&office=sindh-office&by=praise-burst"


def test_what_others_alone_see_is_no_column(answers: dict[str, Answer]) -> None:
    """Nobody looks at a heading under which nothing can stand."""
    answer, columns = answers["offices"], "&columns=officer,actions,held"
    assert {"Officer", "Actions", "Held"} <= headings(laid_out(answer, columns)).keys()
    other = replace(answer, abilities=answer.abilities - {OFFICER_NAMES})
    assert list(headings(laid_out(other, columns))) == ["Office", "Held"]
    assert "Officer" not in [text(one).strip("☑☐ ") for one in every(laid_out(other, columns), html.Li)]
