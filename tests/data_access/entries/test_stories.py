"""Success stories: what they name is there, and whose complaint it was stays with who sees complaints."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.database import Database
from data_access.entries.entry import Stale
from data_access.entries.stories import Stories, StoryDraft
from data_access.questions.initiatives import stories
from data_access.recording import RecordProblem
from data_access.scope import OutOfScope
from tests.data_access.entries.writing import noted, scope, written
from tests.data_access.questions.test_initiatives import ask

HOME = StoryDraft(
    title="Brought home",
    kind="abroad",
    told_on=date(2019, 3, 1),
    category="roads",
    district="karachi-south",
    complaint=2,
    summary="He came home.",
    source="Report",
)


def book(database: Database, role: str = "pmo", **pins: str) -> Stories:
    return Stories(database, scope(role, **pins))


def seen_by(database: Database, role: str) -> Any:
    return ask(database, stories, "", scope(role))[["title", "district", "complaint"]].values.tolist()


def test_a_story_is_entered_changed_and_withdrawn(filled: Database) -> None:
    number = book(filled).add(HOME)
    assert seen_by(filled, "pmo") == [["Brought home", "Karachi South", 2]]
    assert seen_by(filled, "viewer") == [["Brought home", "Karachi South", None]]
    book(filled).change(number, 1, replace(HOME, district=None, complaint=None))
    assert seen_by(filled, "pmo") == [["Brought home", None, None]]
    with pytest.raises(Stale, match="Somebody has changed this entry"):
        book(filled).withdraw(number, 1)
    book(filled).withdraw(number, 2)
    assert seen_by(filled, "pmo") == []
    assert [entry[1] for entry in noted(filled)] == ["story-added", "story-changed", "story-withdrawn"]
    assert noted(filled)[1][3] == {
        "district": "",
        "district_before": "karachi-south",
        "complaint": "",
        "complaint_before": "2",
    }


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"complaint": 99}, "complaint", "There is no complaint 99; check its number, or leave it empty"),
        ({"complaint": 2**63 - 1}, "complaint", "There is no complaint"),
        ({"category": "nowhere"}, "category", "There is no category"),
        ({"district": "nowhere"}, "district", "There is no district"),
        ({"kind": ""}, "kind", "Say what kind of story it is"),
        ({"title": ""}, "title", "Say in a few words what happened"),
        ({"told_on": date(3019, 3, 1)}, "told_on", "check the year"),
        ({"summary": " \n "}, "summary", "Say what happened"),
        ({"source": "x" * 201}, "source", "Say where it was told"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    filled: Database, change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(RecordProblem, match=words) as problem:
        book(filled).add(replace(HOME, **change))
    assert problem.value.field == field
    assert (noted(filled), written(book(filled))) == ([], [])


def test_who_sees_no_complaints_neither_reads_nor_sets_nor_drops_whose_it_was(filled: Database) -> None:
    number = book(filled).add(HOME)
    admin = book(filled, "admin")
    assert written(admin)[0].draft.complaint is None
    for step in (
        lambda: admin.add(replace(HOME, title="Another")),
        lambda: admin.change(number, 1, replace(HOME, title="Another")),
    ):
        with pytest.raises(OutOfScope, match="single complaints, so it links none"):
            step()
    admin.change(number, 1, replace(HOME, title="Another", complaint=None))
    assert seen_by(filled, "pmo") == [["Another", "Karachi South", 2]]
    assert noted(filled)[1][3] == {"title": "Another", "title_before": "Brought home"}


def test_the_same_is_told_once(filled: Database) -> None:
    number = book(filled).add(HOME)
    with pytest.raises(RecordProblem, match=f"There is an entry of this title and day already: number {number}"):
        book(filled).add(replace(HOME, kind="another"))
    book(filled).add(replace(HOME, told_on=date(2019, 3, 2)))


def test_a_secretary_tells_no_stories_of_the_country(filled: Database) -> None:
    with pytest.raises(OutOfScope):
        book(filled, "chief_secretary", government="sindh").add(HOME)
