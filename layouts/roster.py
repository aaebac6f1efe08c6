"""A long table, a part at a time: its headings sort it, its columns are chosen, all of that in the address.

Everything is a link or a form, so that a view can be sent, printed, and used without a mouse.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cells import behind, cell
from dashboard.panels.panel import NAMING, Column
from dashboard.web.guard import ACTIONS_PAGE
from dashboard.words.numbers import count
from dashboard.words.text import marked, say
from data_access.actions.kinds import PROPOSED
from data_access.filters import Filters
from data_access.questions.listing import Over, cursor_of, place_of
from data_access.questions.sheets import DEFAULT_LIMIT, MOST
from data_access.roles import ACTIONS, COMPLAINTS
from layouts.aria import aria
from layouts.choices import Choice, row_of
from layouts.fields import search
from layouts.listed import ONE, number
from layouts.parts import Here, address
from layouts.small_trend import small_trend
from layouts.tables import side
from layouts.tabular import scrolling

Row = Mapping[str, Any]
PARAMETERS_OF_ONE: Final = ("as_of", "lang")
"""What the page of one complaint keeps of this one's address."""
_RISING: Final = frozenset({"text", "day", "flag", "rank"})
"""Units of columns that begin with the least when they are sorted first: words, and the first rank."""
WHOLE: Final[Mapping[str, None]] = MappingProxyType(dict.fromkeys(("sort", "search", "cursor", "columns")))
"""What a view of one row begins anew without: how the table that it stood in was sorted and cut."""
FIRST_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "offices": (
        *("government", "officer", "held", "closings", "pending", "pending_change", "trend", "overdue", "days_late"),
        *("median_days", "on_time_rate", "relief_rate", "confirmed_rate", "reopen_rate", "satisfaction"),
    ),
    "officers": (
        *(
            "office",
            "government",
            "posted",
            "held",
            "closings",
            "pending",
            "trend",
            "overdue",
            "days_held",
            "days_late",
        ),
        *("median_days", "on_time_rate", "relief_rate", "confirmed_rate", "reopen_rate"),
    ),
    "signals": (
        *("label", "rank", "government", "count", "of", "share", "peers_share", "peers", "score"),
        *("first_on", "last_on", "reply"),
    ),
    "actions": (
        *("acted_on", "kind_label", "kind_urdu", "government", "office", "posts", "reason", "authority", "source"),
    ),
    "audit-sample": ("subject", "government", "outcome", "closed_on", "office", "result", "entered_on"),
}
"""The columns that are shown before anybody chooses any, beside the one that names the row."""
_LONG: Final = frozenset({"definition", "reply", "reason", "source", "outcome"})
"""Columns whose words run over several lines."""


def roster(answer: Answer, here: Here) -> Component:
    """What is searched for, which columns, the rows, and the way to those that follow."""
    language = answer.language
    shown = shown_columns(answer)
    name = answer.panel.column(answer.panel.chart.category)
    shown = [column for column in shown if column is not name]
    head = html.Tr([_heading(answer, column, here) for column in (name, *shown)])
    body = [
        html.Tr([_first(answer, row, here), *(said_of(answer, row, column, here) for column in shown)])
        for row in answer.rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-roster")
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    words = marked("No row has these words; search for less.") if answer.filters.search else marked("There is none.")
    none = html.P(say(words, language), className="jd-empty")
    parts = [_tools(answer, here, shown), scrolls if answer.rows else none, _pager(answer, here)]
    return html.Div([*parts, *_meanings(answer)])


def _meanings(answer: Answer) -> list[Component]:
    """What the rows are about, said once for all that are about the same."""
    said = {row["label"]: row["definition"] for row in answer.rows if "definition" in row}
    lines = [part for label, meaning in said.items() for part in (html.Dt(label), html.Dd(meaning))]
    return [html.Dl(lines, className="jd-definitions")] if lines else []


def shown_columns(answer: Answer) -> list[Column]:
    """The columns beside the one that names the row: those that the address chooses, else the first ones."""
    chosen = answer.filters.columns
    wanted = FIRST_SHOWN.get(answer.panel.name, ()) if chosen is None else tuple(chosen.split(","))
    known = {column.name: column for column in answer.panel.columns}
    if not wanted:
        return [one for one in answer.columns if is_choosable(answer, one)]
    return [known[name] for name in wanted if name in known and is_choosable(answer, known[name])]


def is_choosable(answer: Answer, column: Column) -> bool:
    """Whether it is shown as a column: not what names the row, what only addresses need, or what others alone see."""
    is_seen = column.needs is None or column.needs in answer.abilities
    return is_seen and column.name not in NAMING and "slug" not in column.label.casefold()


def _heading(answer: Answer, column: Column, here: Here) -> Component:
    """A heading that sorts: figures the largest first, words and ranks from the beginning; again, the other way."""
    listing, language = answer.panel.listing, answer.language
    sort = answer.filters.sort or (listing.default if listing else "")
    falling = sort == f"-{column.name}"
    rising = sort == column.name
    first = column.name if column.unit in _RISING else f"-{column.name}"
    other = f"-{column.name}" if rising else column.name
    way = here.to(sort=other if rising or falling else first, cursor=None)
    label: list[Component | str] = [say(column.label, language)]
    if rising or falling:
        label.append(html.Span(" ▼" if falling else " ▲", **aria(hidden="true")))
    order = {"sort": "descending" if falling else "ascending"} if rising or falling else {}
    inside = dcc.Link(label, href=way) if listing and column.name in listing.sorts else label
    # What names the rows stands on the left, numbers too.
    kind = "" if column.name == answer.panel.chart.category else side(column)
    return html.Th(inside, scope="col", className=kind, title=say(column.definition, language), **aria(**order))


def _first(answer: Answer, row: Row, here: Here) -> Component:
    """The name of the row, which leads to a page of its own."""
    return html.Th(_named(answer, row, here), scope="row")


def _named(answer: Answer, row: Row, here: Here) -> Component | str:
    """What a row is called, and the way to it alone: a view of it begins anew, without sort, words and place."""
    if answer.panel.chart.category == "id" and COMPLAINTS in answer.abilities:
        kept = here.filters.only(PARAMETERS_OF_ONE)
        return dcc.Link(str(row["id"]), href=address(f"{ONE}{row['id']}", kept), refresh=True)
    name = row[answer.panel.chart.category]
    if name is None:
        return html.Span(say("vacant", answer.language), className="jd-vacant")
    drill = answer.drill_of(row) if answer.panel.leads_on else None
    return str(name) if drill is None else dcc.Link(name, href=here.to(**drill, **WHOLE))


def said_of(answer: Answer, row: Row, column: Column, here: Here) -> Component:
    """A cell: a count leads to the complaints that it counts, a signal's to those that gave it."""
    text = cell(row.get(column.name), column, answer.language)
    told: Component | str = number(answer, row, column.name, text) if answer.panel.leads_on else text
    if column.name == "count" and "signal" in row and COMPLAINTS in answer.abilities and answer.drill_of(row):
        told = dcc.Link(text, href=here.to(office=row["slug"], by=row["signal"], **WHOLE))
    if column.name == "trend":
        return html.Td(small_trend(str(row["trend"] or ""), answer.language), className="jd-small-trend")
    if column.name.endswith("_urdu"):
        told = html.Bdi(text, lang="ur")
    words = "jd-why" if column.name in _LONG else "jd-words"
    kind = words if column.unit == "text" else side(column)
    return html.Td(told, className=kind, title=behind(row, column.name, answer.language) or None)


def _tools(answer: Answer, here: Here, shown: Sequence[Column]) -> Component:
    kept = here.filters.but(search=None, cursor=None).given()
    label = say("Words in the row", answer.language)
    typed = search(here.path, kept, answer.filters.search or "", label, answer.language)
    tools = [typed, *([_chooser(answer, here, shown)] if "columns" in answer.panel.parameters else [])]
    if "state" in answer.panel.parameters and ACTIONS in answer.abilities:
        tools += _states(answer, here)
    return html.Div(tools, className="jd-tools jd-roster-tools")


def _states(answer: Answer, here: Here) -> list[Component]:
    """What is in force or what waits, and where it is decided: for who decides."""
    language, waits = answer.language, here.filters.state is not None
    # Who is held to no part of the country acts on one government all the same: that is meant where none is asked for.
    wider = {} if answer.pinned else dict.fromkeys(("government", "department", "office"))
    choices = [
        Choice(say("in force", language), here.to(state=None, cursor=None), not waits),
        Choice(say("waiting for approval", language), here.to(state=PROPOSED, cursor=None, **wider), waits),
    ]
    decide = html.A(say("Approve or decline", language), href=ACTIONS_PAGE)
    return [row_of(say("Actions", language), choices), *([decide] if waits else [])]


def _chooser(answer: Answer, here: Here, shown: Sequence[Column]) -> Component:
    """Each column as a link that adds it or takes it away."""
    language, names = answer.language, [column.name for column in shown]
    items = []
    for column in answer.panel.columns:
        if not is_choosable(answer, column):
            continue
        there = column.name in names
        chosen = [name for name in names if name != column.name] if there else [*names, column.name]
        link = dcc.Link(
            [html.Span("☑ " if there else "☐ ", **aria(hidden="true")), say(column.label, language)],
            href=here.to(columns=",".join(chosen) or None),
            title=say(column.definition, language),
        )
        items.append(html.Li(link, **(aria(current="true") if there else {})))
    face = html.Summary(say("Columns", language), className="jd-control-face")
    return html.Details([face, html.Ul(items, className="jd-menu-body jd-columns")], className="jd-menu")


def _pager(answer: Answer, here: Here) -> Component:
    """Which rows these are, and the way to those before and behind them."""
    language, all_ = answer.language, answer.count or 0
    start, step = start_of(answer.filters), answer.filters.limit or DEFAULT_LIMIT
    if not answer.rows:
        return html.Div()
    words = say(
        "{first} to {last} of {all}",
        language,
        first=count(start + 1, language),
        last=count(start + len(answer.rows), language),
        all=count(all_, language),
    )
    found: list[Component | str] = [words]
    if start:
        before = max(start - step, 0)
        cursor = cursor_of(Over(before)) if before else None
        found = [dcc.Link(say("‹ before", language), href=here.to(cursor=cursor)), " ", *found]
    if answer.next is not None:
        found += [" ", dcc.Link(say("after ›", language), href=here.to(cursor=answer.next))]
    whole = answer.filters.but(limit=None, cursor=None).query()
    if answer.takeable:
        way = f"/api/v1/panels/{answer.panel.name}.xlsx?{whole}"
        found += [" · ", html.A(say("all of them as XLSX", language), href=way, download="")]
    return html.P(found, className="jd-pager")


def start_of(filters: Filters) -> int:
    """How many rows were passed over."""
    place = place_of(filters.cursor, filters.sort or "", int, farthest=MOST)
    return place.rows if isinstance(place, Over) else 0
