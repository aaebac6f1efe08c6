"""What is counted while the server runs, for Prometheus. Each server has its own; nothing in it tells of anybody."""

from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from dashboard.panels.answers import Heard
from dashboard.web.metrics.viewers import Viewers
from dashboard.web.observing import Seen

_REQUESTS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_QUESTIONS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds."""


class Metrics:
    """Counts. Made once for a server.

    `folder`: where several processes of one server add up what they count (PROMETHEUS_MULTIPROC_DIR, which the library
    reads by itself); without it this process is all there is.
    """

    def __init__(self, at_scrape: Collector, viewers: Viewers, folder: Path | None = None) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each, of which nobody asks
        self._folder, self._at_scrape, self.viewers = folder, at_scrape, viewers
        self._own = CollectorRegistry()
        into = None if folder else self._own
        self._requests = Counter(
            "jawabdeh_requests", "Requests that were answered.", ["method", "route", "status"], registry=into
        )
        self._request_seconds = Histogram(
            "jawabdeh_request_seconds",
            "Seconds from a request to the end of its reply.",
            ["route"],
            buckets=_REQUESTS,
            registry=into,
        )
        self._question_seconds = Histogram(
            "jawabdeh_question_seconds",
            "Seconds that the figures of a panel took to compute, those that failed or were cut off among them.",
            ["panel"],
            buckets=_QUESTIONS,
            registry=into,
        )
        self._hits = Counter("jawabdeh_cache_hits", "Answers that were remembered.", ["panel"], registry=into)
        self._misses = Counter("jawabdeh_cache_misses", "Answers that had to be computed.", ["panel"], registry=into)
        self._shared = Counter(
            "jawabdeh_cache_shared", "Answers that another process had worked out.", ["panel"], registry=into
        )
        self._viewers = Gauge(
            "jawabdeh_viewers",
            "Browsers with a page open in the last five minutes.",
            registry=into,
            multiprocess_mode="livemax",
        )
        self.importing = Gauge(
            "jawabdeh_import_running",
            "1 while an import, a trial or a rollback runs.",
            registry=into,
            multiprocess_mode="livemax",
        )
        self.importing.set(0)
        if folder is None:
            self._own.register(at_scrape)
            ProcessCollector(registry=self._own)

    def saw(self, seen: Seen) -> None:
        """A request was answered."""
        self._requests.labels(seen.method, seen.route, str(seen.status)).inc()
        self._request_seconds.labels(seen.route).observe(seen.seconds)

    def heard(self, told: Heard) -> None:
        """A panel was asked for."""
        if told.seconds is not None:
            self._question_seconds.labels(told.panel).observe(told.seconds)
        if told.kept:
            remembered = self._shared if told.shared else self._hits
            (remembered if told.seconds is None else self._misses).labels(told.panel).inc()

    def viewed(self, mark: str) -> None:
        """A page of this session asked whether there is anything new."""
        self.viewers.saw(mark)
        self._viewers.set(self.viewers.count())

    def text(self) -> bytes:
        """All of it in the text format."""
        self._viewers.set(self.viewers.count())
        if self._folder is None:
            return generate_latest(self._own)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(self._folder))  # type: ignore[no-untyped-call]
        together.register(self._at_scrape)
        return generate_latest(together)
