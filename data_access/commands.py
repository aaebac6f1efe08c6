"""What `python -m data_access` can do. Each command returns its exit code and speaks to a person."""

import time
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Final

from rich.console import Console

from data_access.accounts.demo import add_missing_demo_accounts
from data_access.accounts.import_note import note_import, note_rollback
from data_access.citus import distribute, layout, unplaced
from data_access.database import Database, DatabaseProblem, file_of
from data_access.database_here import opened, prepared, url
from data_access.intake.batch import Report
from data_access.intake.check import check
from data_access.intake.files import write_rejects
from data_access.intake.foreign.mapping_file import load_mapping
from data_access.intake.foreign.propose import propose
from data_access.intake.ground import lay_ground
from data_access.intake.imports import Asked, bring, sizes_of
from data_access.intake.progress import Progress
from data_access.intake.rollback import newest_undoable, roll_back
from data_access.intake.sample.load import load_sample
from data_access.new_file import new_database
from data_access.reader import read_state
from data_access.schema import is_current, is_made, upgrade
from data_access.watching import watched

ON_THE_PAGE: Final = "do it on its page /admin/imports"


def new(_arguments: Namespace, console: Console) -> int:
    """Make an empty database for real data."""
    with new_database(url()) as database:
        lay_ground(database, "real")
    console.print("An empty database is ready. Next: python -m data_access import FILE… and accounts add USERNAME ROLE")
    return 0


def sample(arguments: Namespace, console: Console) -> int:
    """Make a database with the calibrated sample."""
    with new_database(url()) as database, console.status("…") as status:
        report = load_sample(database, arguments.complaints, arguments.seed, lambda text: _tell(console, status, text))
    console.print(f"The sample is in: {report.accepted:,} rows, {arguments.complaints:,} complaints. Next: make run")
    return 0


def _tell(console: Console, status: object, text: str) -> None:
    """Progress: a moving line on a terminal, plain lines in a log."""
    if console.is_terminal:
        status.update(text + " …")  # type: ignore[attr-defined]  # rich's Status, which it does not export
    else:
        console.print(text + " …")


def ensure(arguments: Namespace, console: Console) -> int:
    """Make the sample if there is no database; bring an old one up to date: its schema, and who can try it."""
    file = file_of(url())
    if file is not None and not file.exists():
        console.print(f"There is no database at {file} yet; making the sample, which takes about a minute.")
        return sample(arguments, console)
    with closing(opened()) as database:
        made = is_made(database)
        if made and not is_current(database):
            console.print("Bringing the database to the newest schema …")
            began = time.monotonic()
            upgrade(database, console.print)
            console.print(f"The schema is the newest; it took {time.monotonic() - began:.1f} s.")
            _tell_unplaced(database, console)
        added = add_missing_demo_accounts(database) if made else []
        if added:
            console.print(f"New accounts to try it with: {', '.join(added)}.")
    return 0 if made else sample(arguments, console)


def _tell_unplaced(database: Database, console: Console) -> None:
    with database.snapshot() as connection:
        new = unplaced(connection)
    if new:
        console.print(f"New on the cluster: {', '.join(new)}. Lay out what is new: python -m data_access distribute")


def import_files(arguments: Namespace, console: Console) -> int:
    """Take files in, as one batch."""
    paths = [Path(name) for name in arguments.files]
    mapping = load_mapping(Path(arguments.mapping)) if arguments.mapping else None
    asked = Asked(paths, mapping, invented=arguments.invented, keep=not arguments.dry_run)
    progress = Progress(sizes_of(paths))
    with closing(prepared(ON_THE_PAGE)) as database, watched(console, progress):
        report = bring(database, asked, progress)
        if asked.keep:
            note_import(database, report, asked.source)
    _print_report(console, report)
    if not asked.keep:
        console.print("Nothing was kept: this was a trial.")
    if report.rejected:
        target = Path(arguments.rejects) if arguments.rejects else paths[0].with_suffix(".rejects.csv")
        write_rejects(target, report.refused())
        console.print(f"The rejected rows, with line, reason and the row as it stood, are in {target}.")
    return 0


def distribute_tables(arguments: Namespace, console: Console) -> int:
    """Lay the tables out over several machines."""
    with closing(prepared()) as database:
        if arguments.dry_run:
            for statement in layout():
                console.out(f"{statement};", highlight=False)
            return 0
        done = distribute(database)
    console.print(f"{len(done)} statements laid the tables out." if done else "The tables are laid out already.")
    return 0


def propose_mapping(arguments: Namespace, console: Console) -> int:
    """Print a mapping for an export, to be looked through and mended."""
    console.out(propose(Path(arguments.file)), end="", highlight=False)
    return 0


def roll_newest_back(_arguments: Namespace, console: Console) -> int:
    """Undo the newest batch."""
    with closing(prepared(ON_THE_PAGE)) as database:
        with database.snapshot() as connection:
            newest = newest_undoable(connection)
        if newest is None:
            raise DatabaseProblem("There is no batch that can be rolled back: none came in, or the newest one was.")
        with console.status(f"rolling batch {newest} back …"):
            report = roll_back(database, newest)
            note_rollback(database, report, newest)
    console.print(f"Batch {newest} was rolled back: {report.touched:,} complaints are as they were before it.")
    console.print(f"The data version is {report.version}.")
    return 0


def _print_report(console: Console, report: Report) -> None:
    parts = " + ".join(f"{number:,} {name}" for name, number in report.counts().items() if name != "read")
    console.print(f"{parts} = {report.read:,} read")
    if report.waiting:
        console.print("Events wait for complaints that are not known yet, and count as soon as those are there.")
    if report.restated_events:
        days = f"{report.restated_events:,} events landed on {report.restated_days:,} earlier days"
        console.print(f"{days}, whose figures are restated.")
    rebuilt = f"; the ledger of {report.touched:,} complaints was rebuilt" if report.touched else ""
    console.print(f"The data version is {report.version}{rebuilt}.")


def check_all(_arguments: Namespace, console: Console) -> int:
    """Prove that ledger and flow follow from the events."""
    failed = 0
    with closing(prepared()) as database:
        with database.snapshot() as connection:
            state = read_state(connection)
        console.print(f"Data version {state.version}, days {state.first_day} to {state.newest_day}.")
        for finding in check(database):
            failed += finding.difference is not None
            held = finding.difference is None
            console.print("holds" if held else "FAILS", end="  ", style="green" if held else "red")
            console.print(finding.what + (f" ({finding.note})" if finding.note else ""))
            if finding.difference:
                console.print(f"       first difference: {finding.difference}")
    console.print(
        "All proofs hold." if not failed else f"{failed} of the proofs failed: the figures cannot be trusted."
    )
    return 1 if failed else 0
