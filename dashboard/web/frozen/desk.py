"""What page and API share of frozen briefings: how one is found, and what is said where there is none."""

from typing import Any, Final

from flask import Response

from dashboard.files.briefing.content import Content, read_content
from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from dashboard.web.replies import refusal
from dashboard.web.typed import is_number
from dashboard.words.text import listed
from data_access.briefings.kept import Conflict, Kept, NoSuchBriefing
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.recording import RecordProblem
from data_access.scope import Scope

_STATUSES: Final = ((NoSuchBriefing, 404), (Conflict, 409))


def opened(database: Database, scope: Scope, number: str) -> tuple[Kept, Content]:
    """The briefing of that number, its figures held against their hash. Raises NoSuchBriefing, OutOfScope."""
    kept, text = Briefings(database, scope).open(numbered(number))
    return kept, read_content(kept, text)


def numbered(text: str) -> int:
    """The number. Raises NoSuchBriefing for what is none."""
    if not is_number(text):
        raise NoSuchBriefing("There is no briefing of that number; look at the list of briefings.")
    return int(text)


def status_of(problem: RecordProblem) -> int:
    """The status of a reply that tells of a problem."""
    return next((status for kind, status in _STATUSES if isinstance(problem, kind)), 400)


def nothing_there(rest: str) -> Response:
    """What a program is told that asks for a briefing that there is not."""
    names, endings = listed(READY, "en"), listed(HANDS, "en")
    return refusal(404, f"There is no briefing {rest!r}; there are {names}, each as {endings}.")


def head_content(kept: Kept) -> dict[str, Any]:
    """A briefing without its figures, as the API gives it."""
    return {
        "id": kept.number,
        "title": kept.title,
        "as_of": kept.as_of,
        "data_version": kept.data_version,
        "digest": kept.digest,
        "state": kept.state,
        "made_by": kept.made_by,
        "made_at": kept.made_at,
        "cleared_by": kept.cleared_by,
        "cleared_at": kept.cleared_at,
    }
