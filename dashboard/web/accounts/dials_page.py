"""Pages on which an administrator sets numbers: thresholds of signals, and what flags on citizens' conduct weigh."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.guard import current_scope
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.conduct import DUE_PROCESS, KINDS, OTHER
from data_access.conduct_weights import FADING, WEIGHING
from data_access.dials import Dials
from data_access.recording import RecordProblem
from data_access.signals import NOTICE, SIGNALS
from data_access.thresholds import THRESHOLDS

DONE: Final = marked("It is set, and counts for everybody from now on.")


@dataclass(frozen=True)
class DialLine:
    """One number in words."""

    slug: str
    label: str
    definition: str
    number: str
    default: int


@dataclass(frozen=True)
class Kind:
    """One such page. `words` are the label and the definition of a number, by its slug and what it is just now."""

    name: str
    path: str
    title: str
    about: tuple[str, ...]
    heads: tuple[str, str, str]
    dials: Dials
    words: Callable[[str, int], tuple[str, str]]


def _of_signal(slug: str, threshold: int) -> tuple[str, str]:
    signal = SIGNALS[slug]
    return say(signal.label, DEFAULT_LANGUAGE), say(signal.definition, DEFAULT_LANGUAGE, threshold=threshold)


def _of_flag(slug: str, number: int) -> tuple[str, str]:
    language = DEFAULT_LANGUAGE
    if slug == FADING:
        about = say(
            "After {days} days a flag takes off half as much, after as many more a quarter.", language, days=number
        )
        return say("Half-life, in days", language), about
    label = say("any other kind", language) if slug == OTHER else say(KINDS[slug], language)
    return label, say("Takes {points} points off the index on the day it is upheld.", language, points=number)


SIGNALS_KIND: Final = Kind(
    "admin_signals",
    "/admin/signals",
    marked("Signals"),
    (
        NOTICE,
        marked("From how many cases on each is shown counts for everybody; what chance explains is shown in no case."),
    ),
    (marked("Signal"), marked("Definition"), marked("Shown from")),
    THRESHOLDS,
    _of_signal,
)
CONDUCT_KIND: Final = Kind(
    "admin_conduct",
    "/admin/conduct",
    marked("Conduct"),
    (DUE_PROCESS, marked("What is set here is printed on the page of the index.")),
    (marked("Flag"), marked("Definition"), marked("Weight")),
    WEIGHING,
    _of_flag,
)


@dataclass(frozen=True)
class DialsPage:
    """The page of one kind."""

    admin: Administration
    kind: Kind

    def show(self, typed: Mapping[str, str] | None = None, trouble: str = "", wrong: str = "") -> Response:
        """The numbers, and a form for each with what it is or what was typed in its place."""
        language, kind = DEFAULT_LANGUAGE, self.kind
        with self.admin.database.snapshot() as connection:
            numbers = kind.dials.read(connection)
        lines = [
            DialLine(
                slug, *kind.words(slug, number), (typed or {}).get(slug, str(number)), kind.dials.dials[slug].default
            )
            for slug, number in numbers.items()
        ]
        return self.admin.pages.within(
            "admin_dials.html",
            current_scope(),
            kind.path,
            400 if trouble else 200,
            title=say(kind.title, language),
            trouble=trouble,
            notice=say(DONE, language) if request.method == "GET" and request.args.get("done") == "set" else "",
            about=" ".join(say(sentence, language) for sentence in kind.about),
            heads=[say(head, language) for head in kind.heads],
            path=kind.path,
            lines=lines,
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Set one number, or say why not."""
        slug, text = request.form.get("name", ""), request.form.get("number", "")
        try:
            self.kind.dials.turn(self.admin.database, slug, text, current_scope().account)
        except RecordProblem as problem:
            return self.show({slug: text}, str(problem), problem.field)
        return redirect(f"{self.kind.path}?done=set", 303)


def _page(admin: Administration, kind: Kind) -> Blueprint:
    blueprint, page = for_administrators(kind.name), DialsPage(admin, kind)
    blueprint.get(kind.path)(page.show)
    blueprint.post(kind.path)(page.do)
    return blueprint


def signals_page(admin: Administration) -> Blueprint:
    """The routes of the thresholds of signals."""
    return _page(admin, SIGNALS_KIND)


def conduct_page(admin: Administration) -> Blueprint:
    """The routes of the weights of flags."""
    return _page(admin, CONDUCT_KIND)
