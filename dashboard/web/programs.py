"""What programs ask, under /api."""

from flask import Blueprint

from dashboard.panels.answers import Answers
from dashboard.web.actions.api import actions_api
from dashboard.web.api import api
from dashboard.web.briefings import briefings
from dashboard.web.events.api import events_api
from dashboard.web.files import Files
from dashboard.web.frozen.api import frozen_api
from data_access.database import Database


def for_programs(database: Database, answers: Answers, files: Files) -> list[Blueprint]:
    """The routes: figures, reports, briefings, the register of actions, events."""
    return [
        api(database, answers, files.witness, files),
        briefings(database, answers, files),
        frozen_api(database, answers),
        actions_api(database),
        events_api(database, files.witness),
    ]
