"""Why something cannot be entered into the register of actions. Each says in one sentence what is wrong."""

from data_access.recording import RecordProblem


class NoSuchAction(RecordProblem):
    """The register has no action and no case of that number."""


class Conflict(RecordProblem):
    """Somebody was there before: it is decided already, or stands in the register."""
