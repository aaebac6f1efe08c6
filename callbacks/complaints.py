"""The list of complaints: its table asks for rows, its controls and headings write the address."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash._no_update import NoUpdate

from callbacks.drawing import ReaderOf
from callbacks.listing import Rows, asked_for, chosen, sorted_by
from dashboard.panels.answers import Answers
from layouts import complaint, complaints, shell
from layouts.listed import LIST


def register(app: Dash, answers: Answers, reader_of: ReaderOf) -> None:
    """Rows as the table is scrolled; what it asks follows the address; a control or a heading becomes the address's."""
    rows = Rows(answers)
    _register_rows(app, rows, reader_of)
    _register_view(app, rows, reader_of)
    _register_ways(app)


def _register_rows(app: Dash, rows: Rows, reader_of: ReaderOf) -> None:

    @app.callback(
        Output({"type": complaints.GRID, "name": ALL}, "getRowsResponse"),
        Input({"type": complaints.GRID, "name": ALL}, "getRowsRequest"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _rows(asked: Sequence[Mapping[str, Any] | None], search: str | None) -> list[Mapping[str, Any] | NoUpdate]:
        return [no_update if one is None else rows.between(one, search or "", reader_of()) for one in asked]


def _register_view(app: Dash, rows: Rows, reader_of: ReaderOf) -> None:
    @app.callback(
        output={
            "asked": Output({"type": complaints.LISTED, "name": ALL}, "data-asked"),
            "sort": Output({"type": complaints.LISTED, "name": ALL}, "data-sort"),
            "note": Output({"type": complaints.NOTE, "name": ALL}, "children"),
            "chosen": Output({"type": complaints.CHOSEN, "name": ALL, "part": ALL}, "value"),
        },
        inputs={
            "search": Input(shell.ADDRESS, "search"),
            "_path": Input(shell.PAGE, "data-path"),
            "version": Input(shell.LIVE, "data"),
            "lists": State({"type": complaints.LISTED, "name": ALL}, "id"),
            "controls": State({"type": complaints.CHOSEN, "name": ALL, "part": ALL}, "id"),
            "shown": State({"type": complaints.CHOSEN, "name": ALL, "part": ALL}, "value"),
        },
    )
    def _asked(
        search: str | None,
        _path: str,
        version: str | None,
        lists: Sequence[Any],
        controls: Sequence[dict[str, str]],
        shown: Sequence[str | None],
    ) -> dict[str, Any]:
        found = asked_for(search or "", version, rows, reader_of()) if lists else None
        return {
            "asked": [found.asked if found else no_update for _ in lists],
            "sort": [found.sort if found else no_update for _ in lists],
            "note": [found.note if found else no_update for _ in lists],
            "chosen": [
                _other(found.chosen.get(control["part"]), value) if found else no_update
                for control, value in zip(controls, shown, strict=True)
            ],
        }


def _other(wanted: str | None, shown: str | None) -> str | NoUpdate | None:
    """What a control is to show; nothing where it does already: what is being typed in it meanwhile stays."""
    return no_update if (wanted or "") == (shown or "") else wanted


def _register_ways(app: Dash) -> None:
    @app.callback(
        Output(shell.ADDRESS, "search", allow_duplicate=True),
        Input({"type": complaints.CHOSEN, "name": ALL, "part": ALL}, "value"),
        State({"type": complaints.CHOSEN, "name": ALL, "part": ALL}, "id"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _chosen(values: Sequence[str | None], controls: Sequence[dict[str, str]], search: str | None) -> str | NoUpdate:
        # When the page is drawn they all change at once, from nothing to nothing; a person changes one.
        if len(ctx.triggered_prop_ids) != 1:
            return no_update
        changed = [one["part"] for one in ctx.triggered_prop_ids.values()]
        wanted = {one["part"]: value for one, value in zip(controls, values, strict=True) if one["part"] in changed}
        found = chosen(search or "", wanted)
        return no_update if found is None else found

    @app.callback(
        Output(shell.ADDRESS, "search", allow_duplicate=True),
        Input({"type": complaints.SORT, "name": ALL}, "data"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _sorted(sorts: Sequence[str | None], search: str | None) -> str | NoUpdate:
        found = sorted_by(search or "", next(iter(sorts), None))
        return no_update if found is None else found

    @app.callback(
        Output({"type": complaint.BACK, "name": ALL}, "href"),
        Input(shell.ADDRESS, "search"),
        Input(shell.PAGE, "data-path"),
        State({"type": complaint.BACK, "name": ALL}, "id"),
    )
    def _back(search: str | None, _path: str, links: Sequence[Any]) -> list[str]:
        return [f"{LIST}{search or ''}" for _ in links]
