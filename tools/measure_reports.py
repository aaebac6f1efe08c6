"""Times the ready-made reports as files: `python -m tools.measure_reports [NAME …]`.

The figures of each are computed anew each time, as a timer asks for them in the morning, and then from memory, as they
are had while people look at them; the hands that write files are timed by themselves. Medians, in seconds by the clock
and, behind a stroke, of one core, so that a busy machine counts less. Uses the database in DATABASE_URL, which no
server may hold.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from rich.console import Console
from rich.table import Table

from dashboard.files.hands import HANDS
from dashboard.files.report.description import Report
from dashboard.files.report.making import make_report
from dashboard.files.report.ready import READY
from dashboard.panels.answers import Answers
from data_access.database import open_database
from data_access.database_here import url
from data_access.filters import Filters
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope

ROUNDS: Final = 7
BOUNDS: Final = {"pptx": 3.0, "pdf": 1.5}
"""Seconds that a cabinet report may take, figures and all, on two cores."""


Took = tuple[float, float]
"""Seconds by the clock, and of one core."""


def median(work: Callable[[], object]) -> Took:
    """The median time of the work, after one round that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start, core = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - start, time.process_time() - core))
    clock, cores = (sorted(one)[ROUNDS // 2] for one in zip(*times, strict=True))
    return clock, cores


def told(*parts: Took) -> str:
    """The sum of several, as it is printed."""
    return f"{sum(one[0] for one in parts):.2f} / {sum(one[1] for one in parts):.2f}"


def main(names: list[str]) -> None:
    """Measure and print."""
    database = open_database(url())
    asker = reader(database, Scope("measure", "pmo", abilities=ROLES["pmo"].abilities))
    columns = ("report", "file", "kB", "written s", "with figures from memory s", "with figures anew s", "bound s")
    table = Table(*columns, title="Ready-made reports")
    for name in names:
        warm = Answers()
        anew = median(partial(_made, name, asker))
        kept = median(partial(_made, name, asker, warm))
        report = _made(name, asker, warm)
        for kind, hand in HANDS.items():
            took = median(partial(hand.write, report))
            bound = BOUNDS.get(kind) if name == "cabinet-report" else None
            size = len(hand.write(report)) / 1000
            figures = (f"{size:.0f}", told(took), told(kept, took), told(anew, took))
            table.add_row(name, kind, *figures, f"{bound:g}" if bound else "")
    Console().print(table)
    database.close()


def _made(name: str, asker: Reader, answers: Answers | None = None) -> Report:
    return make_report(READY[name], answers or Answers(), asker, Filters())


if __name__ == "__main__":
    main(sys.argv[1:] or list(READY))
