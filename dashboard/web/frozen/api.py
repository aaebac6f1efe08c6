"""/api/v1/briefings: frozen briefings as programs make, open and clear them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from dashboard.files.briefing.content import Content, Slide
from dashboard.files.briefing.making import freeze
from dashboard.files.briefing.now import Now, PanelNow, now_of
from dashboard.panels.answers import Answers
from dashboard.web.frozen.desk import head_content, nothing_there, numbered, opened, status_of
from dashboard.web.frozen.typed import sent_of
from dashboard.web.guard import BRIEFINGS_API, current_scope
from dashboard.web.replies import answer_content, as_json, refusal
from dashboard.web.typed import is_number
from data_access.briefings.kept import CLEARED, DRAFT, Kept
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.filters import check_taken, parse
from data_access.reader import reader
from data_access.recording import RecordProblem


@dataclass(frozen=True)
class FrozenApi:
    """What is done at the routes. Each may raise RecordProblem, FilterError or OutOfScope."""

    database: Database
    answers: Answers

    def listed(self) -> dict[str, Any]:
        """All that the account may open."""
        return {"briefings": [head_content(kept) for kept in Briefings(self.database, current_scope()).all()]}

    def make(self) -> dict[str, Any]:
        """Freeze one."""
        sent, scope = sent_of(request.get_json(silent=True)), current_scope()
        frozen = freeze(sent.title, sent.wishes, self.answers, reader(self.database, scope), sent.filters)
        number = Briefings(self.database, scope).freeze(frozen)
        return {"id": number, "state": DRAFT, "digest": frozen.digest}

    def stored(self, number: str) -> dict[str, Any]:
        """One as it was frozen."""
        return briefing_content(*opened(self.database, current_scope(), number))

    def now(self, number: str) -> dict[str, Any]:
        """What the ledger says now."""
        scope = current_scope()
        kept, content = opened(self.database, scope, number)
        return now_content(kept, now_of(kept, content, self.answers, reader(self.database, scope)))

    def clear(self, number: str) -> dict[str, Any]:
        """Clear the draft of another account."""
        Briefings(self.database, current_scope()).clear(numbered(number))
        return {"id": int(number), "state": CLEARED}


def frozen_api(database: Database, answers: Answers) -> Blueprint:
    """The routes. Who may open which is said where they are read; who makes and clears them, in the register."""
    blueprint, desk = Blueprint("frozen_api", __name__, url_prefix=BRIEFINGS_API), FrozenApi(database, answers)

    @blueprint.get("")
    def listed() -> Response:
        return _told(desk.listed)

    @blueprint.post("")
    def make() -> Response:
        return _told(desk.make, 201)

    @blueprint.get("/<number>")
    def stored(number: str) -> Response:
        return _told(partial(desk.stored, number)) if is_number(number) else nothing_there(number)

    @blueprint.get("/<number>/now")
    def now(number: str) -> Response:
        return _told(partial(desk.now, number))

    @blueprint.post("/<number>/clear")
    def clear(number: str) -> Response:
        return _told(partial(desk.clear, number))

    return blueprint


def _told(deed: Callable[[], object], status: int = 200) -> Response:
    check_taken(parse(request.args.items(multi=True)), (), "a briefing")  # it was frozen under its own
    try:
        return as_json(deed(), status)
    except RecordProblem as problem:
        return refusal(status_of(problem), str(problem), parameter=problem.field or None)


def briefing_content(kept: Kept, content: Content) -> dict[str, Any]:
    """A briefing whole, as the API gives it."""
    return {
        **head_content(kept),
        "filters": content.filters.given(),
        "definitions": [{"label": label, "definition": text} for label, text in content.definitions],
        "slides": [_slide_content(slide) for slide in content.slides],
    }


def _slide_content(slide: Slide) -> dict[str, Any]:
    deeper = [{"name": one.name, **answer_content(one.answer)} for one in slide.deeper]
    return {"note": slide.note, **answer_content(slide.answer), "deeper": deeper, "left_out": slide.left_out}


def now_content(kept: Kept, now: Now) -> dict[str, Any]:
    """What the ledger says now, as the API gives it."""
    return {
        "id": kept.number,
        "as_of": kept.as_of,
        "data_version": {"stored": kept.data_version, "now": now.data_version},
        "same": now.same,
        "panels": [_panel_content(one) for one in now.panels],
    }


def _panel_content(one: PanelNow) -> dict[str, Any]:
    deeper = [{"name": below.title, **_figures(below)} for below in one.deeper]
    return {"panel": one.name, **_figures(one), "deeper": deeper}


def _figures(one: PanelNow) -> dict[str, Any]:
    figures = [
        {
            "row": figure.row,
            "column": figure.column.name,
            "stored": figure.stored,
            "now": figure.now,
            "difference": figure.difference,
        }
        for figure in one.figures
    ]
    return {"same": not one.why_not and not one.changed, "why_not": one.why_not, "figures": figures}
