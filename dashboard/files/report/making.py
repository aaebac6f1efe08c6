"""From a list of panels to a report: all answers of one data version, and what is to be said beside them."""

from collections.abc import Iterable, Sequence

from dashboard.files.about import stands_on
from dashboard.files.report.definitions import definitions
from dashboard.files.report.description import LeftOut, Report, Section
from dashboard.files.report.figures import fingerprint
from dashboard.files.report.ready import Ready
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.panel import Panel
from dashboard.words.filters import left_out
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, listed, say
from dashboard.words.unranked import reasons
from data_access.filters import Filters, check_by, check_taken
from data_access.reader import Reader
from data_access.scope import OutOfScope

Told = Sequence[tuple[str, Answer]]
"""Answers, each after the heading of its part."""


def make_report(ready: Ready, answers: Answers, asker: Reader, filters: Filters) -> Report:
    """The report under these filters; each panel under those of them that it takes.

    A panel that the account may not see is left out and named. Raises FilterError for what no panel of it takes or the
    data do not hold, OutOfScope for what lies outside of what the account may see.
    """
    check_taken(asker.scope.beyond(filters), ready.parameters, ready.name)
    check_by(filters, ready.by, ready.name)
    language = filters.lang or DEFAULT_LANGUAGE
    told: list[tuple[str, Answer]] = []
    missing: list[LeftOut] = []
    with asker.together() as reader:
        _check_scope(reader, filters)
        for part, names in ready.parts:
            for panel in (one for one in ready.panels if one.name in names):
                answer = _answer(panel, answers, reader, filters)
                if isinstance(answer, Answer):
                    told.append((say(part, language), answer))
                else:
                    missing.append(LeftOut(say(panel.title, language), str(answer)))
    return report_of(ready.name, say(ready.title, language), told, missing, filters.but(**asker.scope.pinned))


def _check_scope(reader: Reader, filters: Filters) -> None:
    """Refuse what lies outside of what the account may see, also where the first panels do not take it."""
    with reader.snapshot() as snapshot:
        snapshot.scope.confine(filters, snapshot.directory)


def _answer(panel: Panel, answers: Answers, reader: Reader, filters: Filters) -> Answer | OutOfScope:
    try:
        return answers.answer(panel, reader, panel.taken(filters, reader.scope.pinned))
    except OutOfScope as error:
        if error.parameter is not None:
            raise  # the address asks for what is not the account's, not one panel for what it may not see
        return error


def report_of(name: str, title: str, told: Told, missing: Iterable[LeftOut], filters: Filters) -> Report:
    """The report that these answers are, asked under these filters. All are of one data version."""
    answers = [answer for _, answer in told]
    language = filters.lang or DEFAULT_LANGUAGE
    sections = tuple(Section(part, answer, tuple(notes_of(answer, filters))) for part, answer in told)
    as_of = max((answer.as_of for answer in answers if answer.as_of is not None), default=None)
    return Report(
        name=name,
        title=title,
        language=language,
        as_of=as_of,
        data_version=max((answer.data_version for answer in answers), default=0),
        filters=filters.but(as_of=as_of),
        stands_on=_stands_on(answers),
        sections=sections,
        left_out=tuple(missing),
        definitions=definitions((section.columns, language) for section in sections),
        fingerprint=fingerprint(answers),
    )


def _stands_on(answers: Sequence[Answer]) -> tuple[tuple[str, str], ...]:
    """What the answers stand on, each thing once: as the one says it that has most to say of it."""
    found: dict[str, str] = {}
    for answer in answers:
        for label, text in stands_on(answer):
            if len(text) > len(found.get(label, "")):
                found[label] = text
    first = dict(stands_on(max(answers, key=lambda answer: len(stands_on(answer))))) if answers else {}
    return tuple({label: found[label] for label in (*first, *found)}.items())


def notes_of(answer: Answer, filters: Filters) -> Iterable[str]:
    """What a reader must know to read the figures of one panel."""
    panel, language = answer.panel, answer.language
    held = answer.filters.given()
    unsaid = [name for name in filters.given() if name not in held and not (panel.toggles and name == panel.drill)]
    if said := left_out(unsaid, language):
        yield said
    if answer.immature:
        yield say("Not yet final: the time limit of some complaints has not run out.", language)
    if answer.count is not None and answer.count > len(answer.rows):
        shown, whole = count(len(answer.rows), language), count(answer.count, language)
        yield say("The first {shown} of {whole} rows.", language, shown=shown, whole=whole)
    if panel.chart.kind == "changes" and answer.rows:
        yield say(
            "Those that moved a figure most, of {parts} parts.", language, parts=count(len(answer.rows), language)
        )
    if panel.chart.kind == "league":
        yield from _unranked(answer)


def _unranked(answer: Answer) -> Iterable[str]:
    """Each reason once, with the names of those that it is about."""
    about: dict[str, list[str]] = {}
    for row in answer.rows:
        for reason in reasons(row, answer.language):
            about.setdefault(reason, []).append(str(row["name"]))
    return [f"{listed(names, answer.language)}: {reason}" for reason, names in about.items()]
