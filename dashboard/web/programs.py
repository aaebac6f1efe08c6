"""What programs ask, under /api."""

from flask import Blueprint

from dashboard.panels.answer import Answers
from dashboard.web.actions.api import actions_api
from dashboard.web.api import api
from dashboard.web.events.api import events_api
from dashboard.web.witness import Witness
from data_access.database import Database


def for_programs(database: Database, answers: Answers, witness: Witness) -> list[Blueprint]:
    """The routes: figures, the register of actions, events."""
    return [api(database, answers, witness), actions_api(database), events_api(database, witness)]
