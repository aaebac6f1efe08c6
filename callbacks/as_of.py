"""The as-of control writes the address."""

from dash import Dash, Input, Output, State, no_update
from dash._no_update import NoUpdate

from callbacks.address import at_day
from layouts import as_of, shell


def register(app: Dash) -> None:
    """A day chosen in the calendar becomes the address's."""

    @app.callback(
        Output(shell.ADDRESS, "search"),
        Input(as_of.CHOSEN, "date"),
        State(as_of.CHOSEN, "max_date_allowed"),
        State(shell.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def _chosen(chosen: str | None, newest: str | None, search: str | None) -> str | NoUpdate:
        found = at_day(search or "", chosen, newest)
        return no_update if found is None else found
