"""What is read when somebody asks for metrics: whether the database answers, and how old its data are."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Final

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from data_access.freshness import Freshness

WAIT: Final = 3.0
"""Seconds after which a database that says nothing counts as one that is down."""


class Patience:
    """Reads in a thread of its own, one at a time, and waits for it only so long: a dead server may take minutes."""

    def __init__(self, read: Callable[[], Freshness], wait: float = WAIT) -> None:
        self._read, self._wait = read, wait
        self._busy = Lock()

    def now(self) -> Freshness | None:
        """What was read; None when it could not be read in time."""
        if not self._busy.acquire(blocking=False):
            return None  # the last one still waits
        found: list[Freshness] = []

        def read() -> None:
            try:
                found.append(self._read())
            except Exception:  # noqa: S110  # nosec B110  # whatever it is: there is no answer
                pass
            finally:
                self._busy.release()

        thread = Thread(target=read, name="metrics", daemon=True)
        thread.start()
        thread.join(self._wait)
        return found[0] if found else None


class DataCollector(Collector):
    """Gauges of the data. `now` gives seconds since 1970."""

    def __init__(self, patience: Patience, now: Callable[[], float] = time.time) -> None:
        self._patience, self._now = patience, now

    def describe(self) -> list[Metric]:
        """Nothing: to be told their names, the library would read the database when the server starts."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges; those of the data only while the database answers."""
        found = self._patience.now()
        yield _gauge("jawabdeh_database_up", "1 when the database answers.", 0 if found is None else 1)
        if found is None:
            return
        yield _gauge("jawabdeh_data_version", "The newest data version.", found.version)
        if found.landed_at is not None:
            age = self._now() - found.landed_at.replace(tzinfo=UTC).timestamp()
            yield _gauge("jawabdeh_data_age_seconds", "Seconds since the newest batch landed.", max(0.0, age))
        if found.newest_day is not None:
            days = found.age_in_days(datetime.fromtimestamp(self._now(), UTC))
            yield _gauge("jawabdeh_data_age_days", "Days from the newest event's day until today, in Karachi.", days)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value)
