"""What is counted in a server, joined to what it counts."""

from functools import partial
from pathlib import Path

from dashboard.web.metrics.data import DataCollector, Patience
from dashboard.web.metrics.figures import Metrics
from dashboard.web.metrics.viewers import Viewers
from data_access.database import Database
from data_access.freshness import Freshness, read_freshness


def metrics_over(database: Database, folder: Path | None) -> Metrics:
    """The metrics of a server over this database; `folder` is where several of its processes add up."""
    return Metrics(DataCollector(Patience(partial(_read, database))), Viewers(), folder)


def _read(database: Database) -> Freshness:
    with database.snapshot() as connection:
        return read_freshness(connection)
