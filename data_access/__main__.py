"""`python -m data_access`: make, fill and check the database."""

import logging
import sys
from argparse import ArgumentParser

from rich.console import Console

from data_access import account_commands, backup_commands, commands
from data_access.accounts.problem import AccountProblem
from data_access.database import DatabaseProblem
from data_access.intake.files import FileProblem
from data_access.intake.foreign.mapping import MappingProblem
from data_access.intake.stopping import Cancelled

SAMPLE_COMPLAINTS = 1_235_000
SAMPLE_SEED = 2019


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def parser() -> ArgumentParser:
    """The commands and their arguments."""
    top = ArgumentParser(prog="python -m data_access", description="Make, fill and check the database.")
    verbs = top.add_subparsers(required=True, metavar="COMMAND")
    verbs.add_parser("new", help="make an empty database").set_defaults(run=commands.new)
    for name, run, text in (
        ("sample", commands.sample, "make a database with the calibrated sample"),
        ("ensure", commands.ensure, "make the sample if there is no database; update its schema"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("--complaints", type=_positive, default=SAMPLE_COMPLAINTS, metavar="N")
        verb.add_argument("--seed", type=int, default=SAMPLE_SEED, metavar="S")
        verb.set_defaults(run=run)
    take = verbs.add_parser("import", help="take in files (CSV, XLSX, Parquet, JSON lines), as one batch")
    take.add_argument("files", nargs="+", metavar="FILE")
    take.add_argument("--mapping", metavar="M.yaml", help="what the columns of an export mean; or nyc_311, helpdesk")
    take.add_argument("--rejects", metavar="FILE", help="where bad rows are written (default: beside the first file)")
    take.add_argument("--invented", action="store_true", help="the rows are invented and may join the sample")
    take.add_argument("--dry-run", action="store_true", help="only say what would become of the rows")
    take.set_defaults(run=commands.import_files)
    verbs.add_parser("rollback", help="undo the newest batch").set_defaults(run=commands.roll_newest_back)
    guess = verbs.add_parser("mapping", help="propose what the columns of an export mean, as a mapping to be mended")
    guess.add_argument("file", metavar="FILE")
    guess.set_defaults(run=commands.propose_mapping)
    verbs.add_parser("check", help="replay events to ledger to flow and compare").set_defaults(run=commands.check_all)
    backup_commands.declare(verbs)
    spread = verbs.add_parser("distribute", help="lay the tables out over the machines of a Citus cluster")
    spread.add_argument("--dry-run", action="store_true", help="only print the statements")
    spread.set_defaults(run=commands.distribute_tables)
    account_commands.declare(verbs)
    return top


def main(words: list[str]) -> int:
    """Run one command; problems are one sentence on standard error, exit code 2."""
    arguments = parser().parse_args(words)
    # What fails is told in a sentence; how its connection came to an end would be a stack trace beside it.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    try:
        code: int = arguments.run(arguments, Console(soft_wrap=True, markup=False))
    except (AccountProblem, DatabaseProblem, FileProblem, MappingProblem, Cancelled) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing of what was under way has landed.\n")
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
