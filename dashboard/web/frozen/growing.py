"""Pages that are sent while they come to be: what is told line by line, and how it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from dashboard.files.briefing.content import Content
from dashboard.files.briefing.making import Step
from dashboard.files.briefing.now import PanelNow, asking_again, panels_now
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web.errors import mishap, too_slow
from dashboard.web.frozen.shown import Changed, changed_of
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.briefings.kept import Frozen, Kept
from data_access.filters import FilterError
from data_access.query_limit import QueryTooSlow
from data_access.reader import Reader
from data_access.recording import RecordProblem
from data_access.scope import OutOfScope

DatabaseErrors = tuple[type[Exception], ...]


@dataclass(frozen=True)
class Making:
    """The panel that is asked now, as its title, and how many of them are done; or the end.

    `made` is the address of the briefing, `trouble` says why there is none.
    """

    done: int = 0
    of: int = 0
    title: str = ""
    made: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Compared:
    """A panel, and what of it the ledger tells otherwise now, or `same` in words; or how it ended."""

    title: str = ""
    changed: list[Changed] = field(default_factory=list)
    same: str = ""
    end: str = ""
    trouble: str = ""


@dataclass
class _Trouble:
    sentence: str = ""


@contextmanager
def _told(database_errors: DatabaseErrors) -> Iterator[_Trouble]:
    """Whatever goes wrong, in a sentence: the page has begun, so that no other reply can take its place."""
    trouble = _Trouble()
    try:
        yield trouble
    except (RecordProblem, FilterError, OutOfScope) as problem:
        trouble.sentence = str(problem)
    except QueryTooSlow as error:
        trouble.sentence = too_slow(error, DEFAULT_LANGUAGE)
    except Exception as error:  # whoever reads the page is told, whatever it is
        trouble.sentence = say(mishap(error, database_errors)[1], DEFAULT_LANGUAGE)


def making(
    first: Step | Frozen, rest: Iterator[Step | Frozen], keep: Callable[[Frozen], str], database_errors: DatabaseErrors
) -> Iterator[Making]:
    """A line for each step; `keep` writes the briefing down and gives its address."""
    with _told(database_errors) as trouble:
        for step in chain((first,), rest):
            if isinstance(step, Frozen):
                yield Making(made=keep(step))
            else:
                yield Making(step.done, step.of, say(PANELS[step.name].title, DEFAULT_LANGUAGE))
    if trouble.sentence:
        yield Making(trouble=trouble.sentence)


def comparing(
    kept: Kept, content: Content, answers: Answers, asker: Reader, database_errors: DatabaseErrors
) -> Iterator[Compared]:
    """A line for each panel, and one for the end."""
    language, others = content.language, 0
    with _told(database_errors) as trouble, asking_again(kept, asker) as reader:
        version = reader.state().version
        for one in panels_now(kept, content, answers, reader):
            others += not one.same
            yield Compared(one.title, changed_of(one, language), _same(one, language))
    if trouble.sentence:
        yield Compared(trouble=trouble.sentence)
    else:
        yield Compared(end=_end(others, len(content.slides), version, language))


def _same(one: PanelNow, language: str) -> str:
    if not one.deeper:
        return say("The same.", language)
    return say("The same, and so are its {n} tables one level deeper.", language, n=count(len(one.deeper), language))


def _end(others: int, panels: int, version: int, language: str) -> str:
    if not others:
        return say("The same: at data version {version} every figure is what it was.", language, version=version)
    return say(
        "At data version {version}, {others} of {panels} panels say other figures than those that were frozen.",
        language,
        version=version,
        others=count(others, language),
        panels=count(panels, language),
    )
