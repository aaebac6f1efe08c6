"""What `python -m data_access` does with backups."""

from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from data_access.backups.asked import Asker, back_up_for
from data_access.backups.backup import make_backup
from data_access.backups.restore import restore
from data_access.backups.turn import Step, turn_in
from data_access.database_here import opened, url
from data_access.schema import is_current

ON_THE_PAGE: Final = "have it made at its page /admin/backups or with POST /api/v1/backups"


def declare(verbs: Any) -> None:
    """Add the commands `backup` and `restore` to these, which argparse's `add_subparsers` gave."""
    out = verbs.add_parser("backup", help="write all that the database holds into one file, while others use it")
    out.add_argument("file", metavar="FILE")
    out.set_defaults(run=back_up)
    back = verbs.add_parser("restore", help="put a backup into an empty database, of either engine")
    back.add_argument("file", metavar="FILE")
    back.add_argument("--unproven", action="store_true", help="even where figures do not follow from their events")
    back.set_defaults(run=put_back)


def back_up(arguments: Namespace, console: Console) -> int:
    """Make a backup. It is of the database as it stands, be its schema of an older version."""
    file, asker = Path(arguments.file), Asker()
    with (
        closing(opened(ON_THE_PAGE)) as database,
        turn_in(file.parent, str(asker)) as turn,
        console.status("…") as status,
    ):

        def say(step: Step) -> None:
            turn.say(step)
            status.update(f"{step} …")

        noted = is_current(database)  # else its audit log is not what this version writes
        made = back_up_for(asker, database, file, say) if noted else make_backup(database, file, say)
    console.print(f"{made.path} holds {made.manifest.rows:,} rows of data version {made.manifest.data_version}.")
    console.print(f"Its digest is {made.digest}; note it elsewhere, and keep SECRET_KEY with it.")
    return 0


def put_back(arguments: Namespace, console: Console) -> int:
    """Restore a backup."""
    with console.status("…") as status:
        backup = restore(
            url(), Path(arguments.file), lambda text: status.update(text + " …"), unproven=arguments.unproven
        )
    held = backup.manifest
    console.print(f"{held.rows:,} rows of data version {held.data_version} are back, as of {held.made_at} UTC.")
    console.print("They were not proven." if arguments.unproven else "All proofs hold.")
    console.print(f"The digest of the backup is {backup.digest}.")
    return 0
