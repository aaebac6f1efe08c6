"""Initiatives: entered, changed and withdrawn by few, never over what another has written, and each step is noted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from data_access.accounts.audit import verify
from data_access.database import Database
from data_access.entries.entry import Stale
from data_access.entries.initiatives import InitiativeDraft, Initiatives
from data_access.questions.initiatives import initiatives
from data_access.recording import RecordProblem
from data_access.scope import OutOfScope
from data_access.tables.records import initiative
from tests.data_access.entries.writing import noted, scope, written
from tests.data_access.questions.test_initiatives import ask
from tests.data_access.tiny import everything

ROADS = InitiativeDraft(
    kind="policy",
    title="Roads are mended",
    owner="Works",
    started_on=date(2019, 2, 1),
    categories=("roads", "power"),
    summary="Potholes are filled\nwithin a week.",
    source="Report",
)


def book(database: Database, role: str = "pmo", **pins: str) -> Initiatives:
    return Initiatives(database, scope(role, **pins))


def test_an_initiative_is_entered_changed_and_withdrawn(filled: Database) -> None:
    number = book(filled).add(ROADS)
    assert ask(filled, initiatives)["categories"].tolist() == ["Power; Roads"]
    assert ask(filled, initiatives)["summary"].tolist() == ["Potholes are filled within a week."]
    assert ask(filled, initiatives)["slug"].tolist() == [f"roads-are-mended-{number}"]
    changed = replace(ROADS, title="Roads are mended at once", categories=("potholes",))
    book(filled, "admin").change(number, 1, changed)
    assert ask(filled, initiatives)[["title", "categories"]].values.tolist() == [
        ["Roads are mended at once", "Potholes"]
    ]
    book(filled).withdraw(number, 2)
    assert ask(filled, initiatives).empty
    [one] = written(book(filled))
    assert (one.number, one.steps, one.by, one.withdrawn) == (number, 3, "pmo", True)
    added, edited, gone = noted(filled)
    assert added[:3] == ("pmo", "initiative-added", str(number))
    assert (added[3]["categories"], added[3]["summary"]) == ("power roads", "Potholes are filled within a week.")
    assert edited == (
        "admin",
        "initiative-changed",
        str(number),
        {
            "title": "Roads are mended at once",
            "title_before": "Roads are mended",
            "categories": "potholes",
            "categories_before": "power roads",
        },
    )
    assert gone == ("pmo", "initiative-withdrawn", str(number), {})
    assert verify(filled).broken is None


def test_what_another_has_written_meanwhile_is_not_overwritten(filled: Database) -> None:
    number = book(filled).add(ROADS)
    book(filled, "admin").change(number, 1, replace(ROADS, owner="Roads Authority"))
    for step in (
        lambda: book(filled).change(number, 1, replace(ROADS, owner="Another")),
        lambda: book(filled).withdraw(number, 1),
    ):
        with pytest.raises(Stale, match="Somebody has changed this entry since you opened it, so nothing was written"):
            step()
    assert written(book(filled))[0].draft.owner == "Roads Authority"
    book(filled).withdraw(number, 2)
    for late in (lambda: book(filled).change(number, 3, ROADS), lambda: book(filled).withdraw(number, 3)):
        with pytest.raises(Stale, match="it was withdrawn meanwhile"):
            late()
    assert [entry[1] for entry in noted(filled)] == [
        "initiative-added",
        "initiative-changed",
        "initiative-withdrawn",
    ]


def test_what_came_with_the_data_is_changed_like_any_other(filled: Database) -> None:
    about = {"slug": "a", "title": "A", "owner": "O", "kind": "policy", "summary": "S", "source": "Report"}
    with filled.writer() as connection:
        connection.execute(insert(initiative).values(id=1, started_on=date(2019, 1, 5), **about))
    [one] = written(book(filled))
    assert (one.steps, one.by) == (0, None)
    book(filled).change(1, 0, replace(one.draft, title="B"))
    [one] = written(book(filled))
    assert (one.steps, one.by, one.draft.title) == (1, None, "B")
    assert book(filled).add(ROADS) == 2


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": "law"}, "kind", "Choose whether it is a policy or a campaign"),
        ({"kind": "campaign"}, "categories", "leave all categories out, or choose policy"),
        ({"categories": ("nowhere",)}, "categories", "There is no category 'nowhere'"),
        ({"title": "  "}, "title", "Say what it is called, in one line of at most 200 letters"),
        ({"title": "a" * 201}, "title", "at most 200 letters"),
        ({"title": "a\0b"}, "title", "Say what it is called"),
        ({"owner": ""}, "owner", "Say which office is answerable for it"),
        ({"started_on": date(1019, 2, 1)}, "started_on", "check the year"),
        ({"summary": "a" * 501}, "summary", "at most 500 letters"),
        ({"source": ""}, "source", "Say where it was told of"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    filled: Database, change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(RecordProblem, match=words) as problem:
        book(filled).add(replace(ROADS, **change))
    assert problem.value.field == field
    number = book(filled).add(ROADS)
    with pytest.raises(RecordProblem, match=words):
        book(filled).change(number, 1, replace(ROADS, **change))
    assert written(book(filled))[0].draft.categories == ("power", "roads")
    assert len(noted(filled)) == 1


def test_the_same_is_entered_once_and_nothing_is_written_for_nothing(filled: Database) -> None:
    number = book(filled).add(ROADS)
    with pytest.raises(RecordProblem, match=f"There is an entry of this title and day already: number {number}"):
        book(filled).add(replace(ROADS, title=" Roads are  mended "))
    with pytest.raises(RecordProblem, match="Nothing differs from what stands there already"):
        book(filled).change(number, 1, replace(ROADS, categories=("power", "roads"), title="Roads  are mended"))
    other = book(filled).add(replace(ROADS, title="Another", kind="campaign", categories=()))
    with pytest.raises(RecordProblem, match="of this title and day already"):
        book(filled).change(other, 1, ROADS)
    book(filled).withdraw(number, 1)
    book(filled).change(other, 1, ROADS)
    assert ask(filled, initiatives)["id"].tolist() == [other]


def test_a_title_in_urdu_has_a_slug_too(filled: Database) -> None:
    book(filled).add(replace(ROADS, title="سڑکوں کی مرمت"))
    book(filled).add(replace(ROADS, title="…"))
    slugs = sorted(ask(filled, initiatives)["slug"])
    assert slugs[0] == "initiative-2"
    assert slugs[1].isascii()
    assert slugs[1].endswith("-1")


@pytest.mark.parametrize(
    ("role", "pins"),
    [
        *((role, {}) for role in ("viewer", "presenter", "display")),
        ("chief_secretary", {"government": "sindh"}),
        ("pmo", {"government": "sindh"}),  # as by a key that is pinned
    ],
)
def test_others_write_nothing(filled: Database, role: str, pins: dict[str, str]) -> None:
    number = book(filled).add(ROADS)
    other = book(filled, role, **pins)
    for step in (
        lambda: other.add(replace(ROADS, title="Another")),
        lambda: other.change(number, 1, replace(ROADS, title="Another")),
        lambda: other.withdraw(number, 1),
    ):
        with pytest.raises(OutOfScope, match="initiatives, stories and announcements"):
            step()
    assert len(noted(filled)) == 1


def test_each_step_renews_what_is_remembered(filled: Database) -> None:
    marks = [everything(filled).state().mark]
    number = book(filled).add(ROADS)
    marks.append(everything(filled).state().mark)
    book(filled).change(number, 1, replace(ROADS, categories=()))
    marks.append(everything(filled).state().mark)
    book(filled).withdraw(number, 2)
    marks.append(everything(filled).state().mark)
    assert len(set(marks)) == 4
