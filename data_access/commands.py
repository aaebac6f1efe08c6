"""What `python -m data_access` can do. Each command returns its exit code and speaks to a person."""

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from rich.console import Console

from data_access.accounts.demo import add_missing_demo_accounts
from data_access.accounts.import_note import note_import
from data_access.database import Database, DatabaseProblem, file_of, open_database
from data_access.database_here import opened, prepared, url
from data_access.intake.batch import Report
from data_access.intake.canonical import KINDS
from data_access.intake.check import check
from data_access.intake.door import take_in
from data_access.intake.files import read_file, write_rejects
from data_access.intake.ground import lay_ground
from data_access.intake.sample.load import load_sample
from data_access.reader import read_state
from data_access.schema import is_current, is_made, upgrade
from data_access.tables.system import dataset


def new(_arguments: Namespace, console: Console) -> int:
    """Make an empty database for real data."""
    with closing(opened(make=True)) as database:
        lay_ground(database, "real")
    console.print("An empty database is ready. Next: python -m data_access import FILE… and accounts add USERNAME ROLE")
    return 0


def sample(arguments: Namespace, console: Console) -> int:
    """Make a database with the calibrated sample."""
    with console.status("…") as status:
        report = _make_sample(arguments.complaints, arguments.seed, lambda text: _tell(console, status, text))
    console.print(f"The sample is in: {report.accepted:,} rows, {arguments.complaints:,} complaints. Next: make run")
    return 0


def _tell(console: Console, status: object, text: str) -> None:
    """Progress: a moving line on a terminal, plain lines in a log."""
    if console.is_terminal:
        status.update(text + " …")  # type: ignore[attr-defined]  # rich's Status, which it does not export
    else:
        console.print(text + " …")


def _make_sample(complaints: int, seed: int, say: object) -> Report:
    """Into a file that takes the final name when it is whole: killed half way, nothing is left in the way."""
    file = file_of(url())
    if file is None:
        with closing(opened()) as database:
            return load_sample(database, complaints, seed, say)  # type: ignore[arg-type]
    if file.exists():
        raise DatabaseProblem(f"{file} is there already; remove it first, or name another one in DATABASE_URL.")
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_name(f".{file.name}.making")
    making.unlink(missing_ok=True)
    with closing(open_database(f"duckdb:///{making}")) as database:
        report = load_sample(database, complaints, seed, say)  # type: ignore[arg-type]
    making.rename(file)
    return report


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
            upgrade(database)
        added = add_missing_demo_accounts(database) if made else []
        if added:
            console.print(f"New accounts to try it with: {', '.join(added)}.")
    return 0 if made else sample(arguments, console)


def import_files(arguments: Namespace, console: Console) -> int:
    """Take files of canonical rows in, as one batch."""
    paths = [Path(name) for name in arguments.files]
    with closing(prepared()) as database, console.status("…") as status:
        _refuse_mixing(database, invented=arguments.invented)
        rows = []
        for path in paths:
            _tell(console, status, f"reading {path.name}")
            rows.append(read_file(path))
        rows.sort(key=lambda raw: KINDS.index(raw.kind))  # what is referred to comes before what refers
        names = ", ".join(path.name for path in paths)
        report = take_in(database, rows, names, say=lambda text: _tell(console, status, text))
        note_import(database, report, names)
    _print_report(console, report)
    if report.rejected:
        target = Path(arguments.rejects) if arguments.rejects else paths[0].with_suffix(".rejects.csv")
        write_rejects(target, report.reject_rows())
        console.print(f"The rejected rows, with line and reason, are in {target}.")
    return 0


def _refuse_mixing(database: Database, *, invented: bool) -> None:
    with database.snapshot() as connection:
        kind = connection.execute(dataset.select()).mappings().first()
    if kind is None:
        raise DatabaseProblem("This database is empty; prepare it with: python -m data_access new")
    if kind["kind"] == "sample" and not invented:
        raise DatabaseProblem(
            "This database holds the sample, which real data never join: name another one in DATABASE_URL and make it "
            "with: python -m data_access new. Rows that are invented may join with --invented."
        )
    if kind["kind"] == "real" and invented:
        raise DatabaseProblem("This database holds real data, which invented rows never join; leave --invented out.")


def _print_report(console: Console, report: Report) -> None:
    parts = " + ".join(f"{getattr(report, name):,} {name}" for name in ("accepted", "rejected", "waiting", "unchanged"))
    console.print(f"{parts} = {report.read:,} read")
    if report.waiting:
        console.print("Events wait for complaints that are not known yet, and count as soon as those are there.")
    if report.restated_events:
        days = f"{report.restated_events:,} events landed on {report.restated_days:,} earlier days"
        console.print(f"{days}, whose figures are restated.")
    console.print(f"The data version is {report.version}; the ledger of {report.touched:,} complaints was rebuilt.")


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
