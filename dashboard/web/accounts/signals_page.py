"""/admin/signals: what each signal counts, and from how many cases on it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.guard import current_scope
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.signals import NOTICE, SIGNALS
from data_access.thresholds import MOST, ThresholdProblem, set_threshold, thresholds_in

SIGNALS_PATH: Final = "/admin/signals"
DONE: Final = marked("The threshold is set; it counts for everybody from now on.")


@dataclass(frozen=True)
class SignalLine:
    """One signal in words."""

    slug: str
    label: str
    definition: str
    threshold: str
    default: int


@dataclass(frozen=True)
class SignalsPage:
    """The page."""

    admin: Administration

    def show(self, typed: Mapping[str, str] | None = None, trouble: str = "", wrong: str = "") -> Response:
        """The signals, and a form for each with its threshold or what was typed in its place."""
        language = DEFAULT_LANGUAGE
        with self.admin.database.snapshot() as connection:
            thresholds = thresholds_in(connection)
        lines = [
            SignalLine(
                slug=signal.slug,
                label=say(signal.label, language),
                definition=say(signal.definition, language, threshold=thresholds[signal.slug]),
                threshold=(typed or {}).get(signal.slug, str(thresholds[signal.slug])),
                default=signal.default,
            )
            for signal in SIGNALS.values()
        ]
        return self.admin.pages.within(
            "admin_signals.html",
            current_scope(),
            SIGNALS_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE, language) if request.method == "GET" and request.args.get("done") == "set" else "",
            about=say(NOTICE, language),
            lines=lines,
            most=MOST,
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Set one threshold, or say why not."""
        slug, text = request.form.get("signal", ""), request.form.get("threshold", "")
        try:
            set_threshold(self.admin.database, slug, text, current_scope().account)
        except ThresholdProblem as problem:
            return self.show({slug: text}, str(problem), problem.field)
        return redirect(f"{SIGNALS_PATH}?done=set", 303)


def signals_page(admin: Administration) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("admin_signals"), SignalsPage(admin)
    blueprint.get(SIGNALS_PATH)(page.show)
    blueprint.post(SIGNALS_PATH)(page.do)
    return blueprint
