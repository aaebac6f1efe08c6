"""The filter bar follows the address and writes it; nothing else knows what is chosen."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from dash import Dash, Input, Output, State, ctx, no_update
from dash._no_update import NoUpdate
from dash.exceptions import PreventUpdate

from callbacks.address import after, sound, written
from callbacks.bar import Bar, bar_of, days_of
from callbacks.choices import Choices, Control
from callbacks.drawing import ReaderOf
from callbacks.offered import Offered
from layouts import as_of, breadcrumb, received, shell
from layouts import filter_bar as layout
from layouts.filter_bar import CONTROLS, choice_id, reason_id, room_id

_MARKED: Final = ("crumbs", "periods", "controls")
_NAMES: Final = {choice_id(name): name for name in CONTROLS} | {as_of.CHOSEN: "as_of", received.RANGE: "received"}
Gone = tuple[type[Exception], ...]


def register(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    """Controls write the address; the address sets them. `gone` are errors of a database that is out of reach."""
    _follow(app, reader_of, gone)
    _write(app, reader_of, gone)
    _find(app, reader_of, gone)


def _follow(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    @app.callback(
        output={
            "hidden": Output(layout.BAR, "hidden"),
            "crumbs": Output(breadcrumb.CRUMBS, "children"),
            "received": Output(received.CHOSEN, "children"),
            "periods": Output(received.PERIODS, "children"),
            "range": {
                "start_date": Output(received.RANGE, "start_date"),
                "end_date": Output(received.RANGE, "end_date"),
                "min_date_allowed": Output(received.RANGE, "min_date_allowed"),
                "max_date_allowed": Output(received.RANGE, "max_date_allowed"),
                "disabled": Output(received.RANGE, "disabled"),
            },
            "as_of": {
                "date": Output(as_of.CHOSEN, "date"),
                "min_date_allowed": Output(as_of.CHOSEN, "min_date_allowed"),
                "max_date_allowed": Output(as_of.CHOSEN, "max_date_allowed"),
            },
            "value": {name: Output(choice_id(name), "value") for name in CONTROLS},
            "options": {name: Output(choice_id(name), "options") for name in CONTROLS},
            "disabled": {name: Output(choice_id(name), "disabled") for name in CONTROLS},
            "title": {name: Output(room_id(name), "title") for name in CONTROLS},
            "reason": {name: Output(reason_id(name), "children") for name in CONTROLS},
            "offered": Output(layout.OFFERED, "data"),
        },
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
    marks = [bar.mark(part) for part in _MARKED]
    had = dict(zip(_MARKED, offered.split(), strict=False))
    new = {part: had.get(part) != mark for part, mark in zip(_MARKED, marks, strict=True)}
    days, controls = bar.days, bar.controls

    def shown(name: str, value: date | str | None) -> Any:
        then = None if value is None else str(value)
        now = (there.get(name) or "")[: 10 if isinstance(value, date) else None]  # a day may have a time behind it
        return no_update if now == (then or "") else then

    def offer(value: Callable[[Control], Any]) -> dict[str, Any]:
        return {name: value(one) if new["controls"] else no_update for name, one in controls.items()}

    return {
        "hidden": bar.hidden,
        "crumbs": bar.crumbs if new["crumbs"] else no_update,
        "received": bar.received,
        "periods": bar.periods if new["periods"] else no_update,
        "range": {
            "start_date": shown("start_date", bar.from_on),
            "end_date": shown("end_date", bar.to_on),
            "min_date_allowed": str(days.first) if days else None,
            "max_date_allowed": str(days.as_of) if days else None,
            "disabled": not bar.periods,
        },
        "as_of": {
            "date": shown("as_of", days.as_of if days else None),
            "min_date_allowed": str(days.first) if days else None,
            "max_date_allowed": str(days.newest) if days else None,
        },
        "value": {name: shown(name, one.value) for name, one in controls.items()},
        "options": offer(lambda one: one.options),
        "disabled": offer(lambda one: bool(one.reason)),
        "title": offer(lambda one: one.reason),
        "reason": offer(lambda one: one.reason),
        "offered": " ".join(marks),
    }


def _write(app: Dash, reader_of: ReaderOf, gone: Gone) -> None:
    @app.callback(
        Output(shell.ADDRESS, "search"),
        inputs={
            "as_of": Input(as_of.CHOSEN, "date"),
            "received": (Input(received.RANGE, "start_date"), Input(received.RANGE, "end_date")),
            **{name: Input(choice_id(name), "value") for name in CONTROLS},
            "search": State(shell.ADDRESS, "search"),
        },
        prevent_initial_call=True,
    )
    def _chosen(search: str | None, received: tuple[str | None, str | None], **values: str | None) -> str | NoUpdate:
        first, last = received
        values["received"] = f"{first}/{last}" if first and last else None
        touched = {_NAMES[changed.rpartition(".")[0]] for changed in ctx.triggered_prop_ids}
        filters = sound(search or "")
        try:
            with reader_of().snapshot() as snapshot:
                changes = {name: value for name, value in values.items() if name in touched}
                offered = Offered(snapshot.directory, filters, snapshot.scope)
                found = after(offered, changes, days_of(snapshot, filters))
        except gone:
            return no_update
        return no_update if found == filters else written(found)


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
