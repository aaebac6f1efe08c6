"""/api/v1: the catalogue and the panels."""

from flask import Blueprint, Response, request

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Listing, Panel
from dashboard.web.files import Files
from dashboard.web.guard import current_scope
from dashboard.web.openapi import document
from dashboard.web.replies import answer_content, as_json, columns_content, refusal
from dashboard.web.witness import Witness
from data_access.database import Database
from data_access.filters import parse
from data_access.reader import reader


class NoSuchPanel(LookupError):
    """The address names a panel that the catalogue does not hold; the message says so."""


def api(database: Database, answers: Answers, witness: Witness, files: Files) -> Blueprint:
    """The API over this database. Whoever takes a file along is noted."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")
    description = document()

    def ask(panel: Panel) -> Answer:
        answer = answers.answer(panel, reader(database, current_scope()), parse(request.args.items(multi=True)))
        witness.saw(answer)
        return answer

    @blueprint.get("/v1/panels")
    def catalogue() -> Response:
        return as_json({"panels": [panel_content(panel) for panel in PANELS.values()]})

    @blueprint.get("/v1/panels/<name>")
    def panel(name: str) -> Response:
        return as_json(answer_content(ask(panel_named(name))))

    @blueprint.get("/v1/panels/<name>.csv")
    def panel_csv(name: str) -> Response:
        panel = panel_named(name)
        if panel.listing is not None:
            filters = parse(request.args.items(multi=True))
            return files.of_list(panel, panel.listing, reader(database, current_scope()), filters)
        return files.of_answer(ask(panel))

    @blueprint.get("/v1/panels/worklist.xlsx")
    def worklist_xlsx() -> Response:
        return files.of_worklist(ask(panel_named("worklist")))

    @blueprint.get("/v1/panels/<name>.xlsx")
    def table_xlsx(name: str) -> Response:
        filters = parse(request.args.items(multi=True))
        return files.of_table(*table_named(name), reader(database, current_scope()), filters)

    @blueprint.get("/v1/openapi.json")
    def openapi() -> Response:
        return as_json(description)

    @blueprint.route("/", defaults={"rest": ""}, strict_slashes=False)
    @blueprint.route("/<path:rest>")
    def nothing(rest: str) -> Response:
        # Without this, unknown addresses under /api would get the page's HTML.
        return refusal(404, f"There is nothing at /api/{rest}; /api/v1/openapi.json lists what there is.")

    return blueprint


def panel_named(name: str) -> Panel:
    """The panel of that name. Raises NoSuchPanel."""
    if name not in PANELS:
        raise NoSuchPanel(f"There is no panel {name!r}; there are {', '.join(PANELS)}.")
    return PANELS[name]


def table_named(name: str) -> tuple[Panel, Listing]:
    """The long table of that name. Raises NoSuchPanel."""
    panel = panel_named(name)
    if panel.listing is None or panel.chart.kind != "roster":
        raise NoSuchPanel(f"There is no workbook of {name}; take {name}.csv.")
    return panel, panel.listing


def panel_content(panel: Panel) -> dict[str, object]:
    """A panel as the catalogue lists it."""
    return {
        "name": panel.name,
        "title": panel.title,
        "parameters": list(panel.parameters),
        "needs": list(panel.needs),
        "drill": panel.drill,
        "drill_by": panel.drill_by,
        "columns": columns_content(panel.columns),
        "json": f"/api/v1/panels/{panel.name}",
        "csv": f"/api/v1/panels/{panel.name}.csv",
    }
