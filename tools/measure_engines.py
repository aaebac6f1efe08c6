"""Times every panel on both engines in turns: `python -m tools.measure_engines DUCKDB POSTGRESQL [PANEL …]`.

The two addresses hold the same data (backup and restore), PostgreSQL on this machine and otherwise idle. Each question
is asked of one engine and then of the other, so that a bad minute of the machine is bad for both; what is compared are
medians. On a machine that others use, time on the clock says little: beside it stands the time that processors worked
for the answer, this process and all of the server's together. Beside the times stands what PostgreSQL read for it: the
ledger and other facts, the flow alone, or memory and records that people made.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table
from sqlalchemy import event, func, select, text

from dashboard.panels.catalogue import PANELS
from data_access.database import Database, open_database
from data_access.filters import FilterError, parse_query
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.tables.facts import assignment, citizen, complaint
from data_access.tables.facts import event as happened
from data_access.tables.flow import cohort_flow, flow
from data_access.tables.reference import posting
from tools.measure import ask, nothing

ROUNDS: Final = 5
ASKED: Final = (
    "",
    "as_of=2019-04-13",
    "from=2019-01-01&to=2019-06-30",
    "government=sindh",
    "government=sindh&from=2019-01-01&to=2019-06-30",
    "district=lahore",
    "department={department}",
    "gender=female",
)
"""The filters of each question; one that a panel does not take is passed over for it."""
NEEDED: Final = {"office": "office={office}", "officer": "officer={officer}"}
"""What some panels cannot be asked without, whatever else is asked."""
FLOWS: Final = (flow, cohort_flow)
FACTS: Final = (assignment, complaint, happened, citizen)


class Took(NamedTuple):
    """Milliseconds on the clock, and of processors."""

    wall: float
    cpu: float


class Server:
    """How long the processors worked for a PostgreSQL server on this machine."""

    def __init__(self, database: Database) -> None:
        with database.snapshot() as connection:
            backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        self.home = Path(f"/proc/{_stat(Path(f'/proc/{backend}'))[1]}")

    def seconds(self) -> float:
        """Of all its processes so far; those of workers that have ended are known to a hundredth."""
        ended = sum(map(int, _stat(self.home)[13:15])) / os.sysconf("SC_CLK_TCK")
        children = (self.home / f"task/{self.home.name}/children").read_text().split()
        return ended + sum(map(_worked, children))


def _stat(process: Path) -> list[str]:
    """What the kernel tells of a process, from its state on."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _worked(process: str) -> float:
    with suppress(FileNotFoundError):  # it has just ended
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    return 0.0


class Asker:
    """One engine."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.server = None if database.dialect == "duckdb" else Server(database)
        self.reader: Reader = reader(database, Scope("measure", "pmo", abilities=ROLES["pmo"].abilities))
        self.statements: list[str] = []
        event.listen(database.engine, "before_cursor_execute", self._note)

    def _note(self, *told: Any) -> None:
        self.statements.append(told[2])

    def took(self, panel: str, query: str) -> Took:
        """How long one answer took, uncached."""
        self.statements.clear()
        start, worked = time.perf_counter(), self._worked()
        if panel:
            ask(self.reader, panel, query)
        else:
            nothing(self.reader)
        return Took((time.perf_counter() - start) * 1000, (self._worked() - worked) * 1000)

    def _worked(self) -> float:
        return time.process_time() + (self.server.seconds() if self.server else 0.0)

    def source(self) -> str:
        """What the last answer was read from."""
        said = " ".join(self.statements).replace('"', " ").replace(",", " ").split()
        for name, tables in (("ledger", FACTS), ("flow", FLOWS)):
            if any(table.name in said for table in tables):
                return name
        return "memory, records"


def names_of(database: Database) -> dict[str, str]:
    """The busiest department and office, by their slugs, and an officer who held it, by his number."""
    with database.snapshot() as connection:
        a = assignment.c

        def busiest(column: Any) -> Any:
            return connection.execute(select(column).group_by(column).order_by(func.count().desc(), column)).scalar()

        department, office = busiest(a.department_id), busiest(a.office_id)
        named = posting.c.officer_id.is_not(None)
        officer = connection.execute(select(func.min(posting.c.officer_id)).where(named, posting.c.office_id == office))
        number = str(officer.scalar())
    with reader(database, Scope("measure", "pmo")).snapshot() as snapshot:
        slug_of = snapshot.directory.member
        slugs = {"department": slug_of("department", department).slug, "office": slug_of("office", office).slug}
    return {**slugs, "officer": number}


def in_turns(askers: Sequence[Asker], panel: str, query: str) -> list[Took]:
    """The medians of each; the first answer does not count."""
    for asker in askers:
        asker.took(panel, query)
    times = [[asker.took(panel, query) for asker in askers] for _ in range(ROUNDS)]
    return [Took(*map(statistics.median, zip(*column, strict=True))) for column in zip(*times, strict=True)]


def questions(panels: Sequence[str], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every panel with the filters that it takes."""
    yield "", "(floor: an empty snapshot)"
    for panel in panels:
        for asked in ASKED:
            query = "&".join(filter(None, (NEEDED.get(panel, ""), asked))).format(**names)
            if not PANELS[panel].missed(parse_query(query)):
                yield panel, query


@contextmanager
def both(addresses: Sequence[str]) -> Iterator[list[Asker]]:
    """Both engines, opened."""
    with closing(open_database(addresses[0])) as one, closing(open_database(addresses[1])) as other:
        yield [Asker(one), Asker(other)]


def main(addresses: Sequence[str], panels: Sequence[str]) -> None:
    """Measure and print, line by line, since all of it takes a while."""
    times = ("DuckDB, ms", "PostgreSQL, ms", "ratio", "DuckDB, CPU ms", "PostgreSQL, CPU ms", "ratio")
    table = Table("panel", "filters", "read from", *times, title="Uncached")
    with both(addresses) as askers:
        names = names_of(askers[0].database)
        for panel, query in questions(panels, names):
            try:
                duck, postgres = in_turns(askers, panel, query if panel else "")
            except FilterError as error:
                table.add_row(panel, query, f"({error.parameter} is needed)")
                continue
            pairs = [(duck.wall, postgres.wall), (duck.cpu, postgres.cpu)]
            shown = (f"{one:.1f}" for pair in pairs for one in (*pair, pair[1] / pair[0]))
            row = (panel, query, askers[1].source(), *shown)
            print(*row, sep="\t", file=sys.stderr, flush=True)
            table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    every = [name for name, panel in PANELS.items() if not panel.needs]
    main(sys.argv[1:3], sys.argv[3:] or every)
