"""The filter bar follows the address and writes it; nothing else knows what is chosen."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash._no_update import NoUpdate
from dash.exceptions import PreventUpdate

from callbacks.address import after, sound, written
from callbacks.bar import Bar, bar_of, days_of
from callbacks.choices import Choices, Control
from callbacks.drawing import Gone, ReaderOf
from callbacks.offered import Offered
from layouts import as_of, breadcrumb, received, shell
from layouts import filter_bar as layout
from layouts.filter_bar import CONTROLS, choice_id, reason_id, room_id
from layouts.pages import page_at

_MARKED: Final = ("crumbs", "periods", "steps", "controls")
_DAYS: Final = ("as_of", "start_date", "end_date")
_NONE: Final = "-"


def register(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    """Controls write the address; the address sets them. `gone` are errors of a database that is out of reach."""
    _follow(app, reader_of, gone)
    _write(app, reader_of, gone)
    _find(app, reader_of, gone)


def _outputs() -> dict[str, Any]:
    return {
        "hidden": Output(layout.BAR, "hidden"),
        "crumbs": Output(breadcrumb.CRUMBS, "children"),
        "received": Output(received.CHOSEN, "children"),
        "periods": Output(received.PERIODS, "children"),
        "range": {
            "start_date": Output(received.RANGE, "start_date"),
            "end_date": Output(received.RANGE, "end_date"),
            "min_date_allowed": Output(received.RANGE, "min_date_allowed"),
            "max_date_allowed": Output(received.RANGE, "max_date_allowed"),
            "initial_visible_month": Output(received.RANGE, "initial_visible_month"),
            "disabled": Output(received.RANGE, "disabled"),
        },
        "as_of": {
            "date": Output(as_of.CHOSEN, "date"),
            "min_date_allowed": Output(as_of.CHOSEN, "min_date_allowed"),
            "max_date_allowed": Output(as_of.CHOSEN, "max_date_allowed"),
        },
        "travel": {
            "days": Output(as_of.TRAVEL, "data-days"),
            "steps": Output(as_of.STEPS, "children"),
            "last": Output(as_of.SLIDER, "max"),
            "at": Output(as_of.SLIDER, "value"),
        },
        "value": {name: Output(choice_id(name), "value") for name in CONTROLS},
        "options": {name: Output(choice_id(name), "options") for name in CONTROLS},
        "disabled": {name: Output(choice_id(name), "disabled") for name in CONTROLS},
        "title": {name: Output(room_id(name), "title") for name in CONTROLS},
        "reason": {name: Output(reason_id(name), "children") for name in CONTROLS},
        "offered": Output(layout.OFFERED, "data"),
    }


def _follow(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    @app.callback(
        output=_outputs(),
        inputs={
            "search": Input(shell.ADDRESS, "search"),
            "path": Input(shell.ADDRESS, "pathname"),
            "_version": Input(shell.LIVE, "data"),
            "offered": State(layout.OFFERED, "data"),
            "there": {
                "as_of": State(as_of.CHOSEN, "date"),
                "start_date": State(received.RANGE, "start_date"),
                "end_date": State(received.RANGE, "end_date"),
                **{name: State(choice_id(name), "value") for name in CONTROLS},
            },
        },
    )
    def _bar(
        search: str | None, path: str, _version: str | None, offered: str | None, there: Mapping[str, str | None]
    ) -> Any:
        try:
            with reader_of().snapshot() as snapshot:
                bar = bar_of(snapshot, path, search or "")
        except gone:  # what stands there stays; the page is asked for again when the database is back
            raise PreventUpdate from None
        return outputs(bar, offered or "", there)


def outputs(bar: Bar, offered: str, there: Mapping[str, str | None]) -> dict[str, Any]:
    """The bar as the callback's outputs. `offered` is the mark of what the browser has, `there` what is chosen in it.

    What is the same is not sent: Dash would draw it anew under the reader's hands, and take it for a choice.
    """
    days, controls = bar.days, bar.controls
    marks = {part: bar.mark(part) for part in _MARKED}
    new = {part: mark != _recall(offered).get(part) for part, mark in marks.items()}
    wanted = {name: _text(one.value) for name, one in controls.items()} | {
        "as_of": _text(days.as_of) if days else None,
        "start_date": _text(bar.from_on),
        "end_date": _text(bar.to_on),
    }
    sent = {name: value for name, value in wanted.items() if value != _plain(name, there.get(name))}
    memory = " ".join(value or _NONE for value in (*marks.values(), *wanted.values()))

    def offer(value: Callable[[Control], Any]) -> dict[str, Any]:
        return {name: value(one) if new["controls"] else no_update for name, one in controls.items()}

    return {
        "hidden": bar.hidden,
        "crumbs": bar.crumbs if new["crumbs"] else no_update,
        "received": bar.received,
        "periods": bar.periods if new["periods"] else no_update,
        "range": {
            "start_date": sent.get("start_date", no_update),
            "end_date": sent.get("end_date", no_update),
            "min_date_allowed": _text(days.first) if days else None,
            "max_date_allowed": _text(days.as_of) if days else None,
            "initial_visible_month": _text(bar.from_on or days.as_of) if days else None,
            "disabled": not bar.periods,
        },
        "as_of": {
            "date": sent.get("as_of", no_update),
            "min_date_allowed": _text(days.first) if days else None,
            "max_date_allowed": _text(days.newest) if days else None,
        },
        "travel": {
            "days": bar.travel,
            "steps": bar.steps if new["steps"] else no_update,
            "last": (days.newest - days.first).days if days else 0,
            "at": (days.as_of - days.first).days if days else 0,
        },
        "value": {name: sent.get(name, no_update) for name in controls},
        "options": offer(lambda one: one.options),
        "disabled": offer(lambda one: bool(one.reason)),
        "title": offer(lambda one: one.reason),
        "reason": offer(lambda one: one.reason),
        "offered": memory if sent or memory != offered else no_update,
    }


def _text(value: date | str | None) -> str | None:
    return None if value is None else str(value)


def _plain(name: str, value: str | None) -> str | None:
    """A value as the bar writes it: the browser may put a time behind a day."""
    return value[:10] if value and name in _DAYS else value


def _recall(offered: str) -> dict[str, str | None]:
    """The marks, and the values that the bar set, from the mark that the browser keeps."""
    found = zip((*_MARKED, *CONTROLS, *_DAYS), offered.split(" "), strict=False)
    return {name: None if value == _NONE else value for name, value in found}


def _write(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    @app.callback(
        Output(layout.WRITTEN, "data"),
        inputs={
            "as_of": Input(as_of.CHOSEN, "date"),
            "received": (Input(received.RANGE, "start_date"), Input(received.RANGE, "end_date")),
            **{name: Input(choice_id(name), "value") for name in CONTROLS},
            "offered": Input(layout.OFFERED, "data"),
            "search": State(shell.ADDRESS, "search"),
            "path": State(shell.ADDRESS, "pathname"),
        },
        prevent_initial_call=True,
    )
    def _chosen(
        search: str | None,
        path: str | None,
        offered: str | None,
        received: tuple[str | None, str | None],
        **values: str | None,
    ) -> str | NoUpdate:
        touched = {changed.rpartition(".")[0] for changed in ctx.triggered_prop_ids}
        changes = chosen_in(touched, values | dict(zip(_DAYS[1:], received, strict=True)), offered or "")
        if not changes:
            return no_update
        filters = sound(search or "")
        try:
            with reader_of().snapshot() as snapshot:
                beside = Offered(snapshot.directory, filters, snapshot.scope)
                found = after(beside, changes, days_of(snapshot, filters))
                page = page_at(path)
                found = page.sortable(found, snapshot.scope) if page else found
        except gone:
            return no_update
        return no_update if found == filters else written(found)

    # Dash must not know that the address follows: the controls follow the address, and with a way round it leaves a
    # choice unasked that is made while another one is being answered (see assets/written.js).
    app.clientside_callback(
        ClientsideFunction("bar", "write"), Input(layout.WRITTEN, "data"), prevent_initial_call=True
    )


def chosen_in(touched: Collection[str], values: Mapping[str, str | None], offered: str) -> dict[str, str | None]:
    """What was chosen, by parameter, when these components changed. What the bar set itself is no choice.

    It changes together with the mark `offered`, which holds what was set: by the time that Dash tells of it, the
    address may have gone on. Whatever differs from the mark is a choice, whenever it was made: Dash forgets the answer
    to one that is not there yet when the next is made.
    """
    set_by_bar = _recall(offered)
    by_hand = () if layout.OFFERED in touched else touched

    def is_choice(component: str, *names: str) -> bool:
        return component in by_hand or any(_plain(name, values[name]) != set_by_bar.get(name) for name in names)

    found = {name: values[name] for name in CONTROLS if is_choice(choice_id(name), name)}
    if is_choice(as_of.CHOSEN, "as_of"):
        found["as_of"] = values["as_of"]
    first, last = values["start_date"], values["end_date"]
    if is_choice(received.RANGE, "start_date", "end_date"):
        found["received"] = f"{first}/{last}" if first and last else None
    return found


def _find(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    @app.callback(
        Output(choice_id("office"), "options", allow_duplicate=True),
        Input(choice_id("office"), "search_value"),
        State(choice_id("office"), "value"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _typed(text: str | None, value: str | None, search: str | None) -> Any:
        try:
            with reader_of().snapshot() as snapshot:
                offered = Offered(snapshot.directory, sound(search or ""), snapshot.scope)
                return Choices(offered, frozenset()).offices(text or "", value)
        except gone:
            return no_update
