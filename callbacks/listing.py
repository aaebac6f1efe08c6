"""From what a list's table and controls ask to rows and addresses: plain functions, without Dash's callbacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.words.numbers import count
from dashboard.words.text import say
from data_access.filters import FilterError, Filters, parse_query
from data_access.questions.complaints import DEFAULT_SORT, SORTS
from data_access.questions.listing import FARTHEST, Over, cursor_of
from data_access.reader import Reader
from data_access.scope import OutOfScope
from layouts.complaints import CHOICE
from layouts.listed import ONE
from layouts.listed_row import as_row
from layouts.pages import PAGES
from layouts.parts import address

_PANEL: Final = PANELS["complaints"]


@dataclass(frozen=True)
class AskedFor:
    """What the page shows of its address: what the table is to ask, its sort, what stands above it, what is chosen."""

    asked: str = ""
    sort: str = ""
    note: str = ""
    chosen: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Rows of the table that lists complaints, from the same answers as everything else."""

    answers: Answers

    def between(self, asked: Mapping[str, Any], search: str, reader: Reader) -> Mapping[str, Any]:
        """The rows that the table asks for, and how many it can show in all.

        None where the address cannot be taken: the page says why.
        """
        start, end = asked["startRow"], min(asked["endRow"], FARTHEST)
        nothing = {"rowData": [], "rowCount": 0}
        try:
            filters = self._filters(search)
            if start >= end:
                return nothing
            sort = _sort_of(asked) or filters.sort
            part = filters.but(sort=sort, limit=end - start, cursor=cursor_of(Over(start)))
            answer = self.answers.answer(_PANEL, reader, part)
        except (FilterError, OutOfScope):
            return nothing
        leads = filters.only(PAGES[ONE].parameters)
        rows = [as_row(row, address(f"{ONE}{row['id']}", leads), answer.language) for row in answer.rows]
        return {"rowData": rows, "rowCount": min(answer.count or 0, FARTHEST)}

    def first(self, search: str, reader: Reader) -> Answer | None:
        """How many there are; None where the address cannot be taken."""
        try:
            return self.answers.answer(_PANEL, reader, self._filters(search).but(limit=1))
        except (FilterError, OutOfScope):
            return None

    def _filters(self, search: str) -> Filters:
        return parse_query(search).only(_PANEL.parameters).but(limit=None, cursor=None)


def asked_for(search: str, version: str | None, rows: Rows, reader: Reader) -> AskedFor:
    """What the page shows of this address. `version` differs when the data do."""
    try:
        filters = parse_query(search)
    except FilterError:
        return AskedFor()
    given = filters.given()
    unsorted = filters.but(sort=None).query()
    return AskedFor(
        asked=f"{version or ''} {unsorted}",
        sort=filters.sort or DEFAULT_SORT,
        note=_note(rows.first(search, reader)),
        chosen={name: given.get(name) for name in CHOICE},
    )


def _note(answer: Answer | None) -> str:
    """What is to be known of the table before it is read; nothing where it holds the whole list."""
    if answer is None or answer.count is None or answer.as_of is None:
        return ""
    language = answer.language
    if not answer.count:
        return say("No complaint is like this; remove a filter, or look at another day.", language)
    if answer.count <= FARTHEST:
        return ""
    return say(
        "The table shows the first {some} of {all}: narrow the list, or take all of it as CSV.",
        language,
        some=count(FARTHEST, language),
        all=count(answer.count, language),
    )


def _sort_of(asked: Mapping[str, Any]) -> str | None:
    """The sort that the table shows in its heading; None where it shows none."""
    for each in asked.get("sortModel") or ():
        if each["colId"] in SORTS:
            return f"{'-' if each['sort'] == 'desc' else ''}{each['colId']}"
    return None


def sorted_by(search: str, sort: str | None) -> str | None:
    """The search under which the list is so sorted; None when it is already, or that cannot be."""
    if sort is None or sort.removeprefix("-") not in SORTS:
        return None
    return _changed(search, {"sort": None if sort == DEFAULT_SORT else sort})


def chosen(search: str, wanted: Mapping[str, str | None]) -> str | None:
    """The search under which the list is narrowed to what the controls say; None when it is already."""
    return _changed(search, {name: (value or "").strip() or None for name, value in wanted.items() if name in CHOICE})


def _changed(search: str, wanted: Mapping[str, str | None]) -> str | None:
    try:
        filters = parse_query(search)
        changed = {name: value for name, value in wanted.items() if filters.given().get(name) != value}
        if not changed:
            return None
        query = parse_query(filters.but(**changed).query()).query()
    except FilterError:
        return None  # the page says what is wrong with the address, and leads back to one that can be changed
    return f"?{query}" if query else ""
