"""What `python -m data_access` does with accounts and the audit log. Passwords are asked for, never arguments."""

import re
import sys
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, Namespace
from contextlib import closing
from getpass import getpass
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table

from data_access.accounts.audit import verify
from data_access.accounts.listing import list_accounts
from data_access.accounts.problem import AccountProblem
from data_access.accounts.register import Register
from data_access.database_here import prepared
from data_access.roles import PINS, ROLES

ON_THE_PAGE: Final = "do it on its page /admin/accounts"
ON_THE_LOG: Final = "do it on its page /admin/audit"


def declare(verbs: Any) -> None:
    """Add the commands `accounts …` and `audit …` to these, which argparse's `add_subparsers` gave."""
    accounts = verbs.add_parser("accounts", help="add, list, change accounts").add_subparsers(
        required=True, metavar="VERB"
    )
    add_verb = accounts.add_parser("add", help="add an account; its password is asked for")
    add_verb.add_argument("username")
    add_verb.add_argument("role", choices=list(ROLES))
    add_verb.add_argument(
        "--pin",
        action="append",
        type=_pin,
        default=[],
        metavar="NAME=SLUG",
        help=f"what it sees and nothing else, as in an address; {', '.join(PINS)}; more than one can be given",
    )
    add_verb.add_argument("--government", metavar="SLUG", help="short for --pin government=SLUG")
    _refuse_password(add_verb)
    add_verb.set_defaults(run=add)
    accounts.add_parser("list", help="list all accounts").set_defaults(run=show_all)
    for name, run, text in (
        ("disable", disable, "let an account in no longer"),
        ("enable", enable, "let it in again"),
        ("reset", reset, "give it a new password, which is asked for; drop second factor, sessions and keys"),
    ):
        verb = accounts.add_parser(name, help=text)
        verb.add_argument("username")
        _refuse_password(verb)
        verb.set_defaults(run=run)
    log = verbs.add_parser("audit", help="prove the audit log").add_subparsers(required=True, metavar="VERB")
    proof = log.add_parser("verify", help="find entries that were changed or left out")
    proof.add_argument("--expect", type=_hash, metavar="HASH", help="one noted earlier, which must still be in the log")
    proof.set_defaults(run=verify_log)


class _Refused(Action):
    """What must not be an argument."""

    def __call__(self, parser: ArgumentParser, *_values: object) -> None:
        parser.error("passwords are asked for, or read from standard input; others could read an argument")


def _refuse_password(verb: ArgumentParser) -> None:
    """Without this the complaint would repeat the password."""
    verb.add_argument("--password", nargs="?", action=_Refused, help=SUPPRESS)


def _pin(text: str) -> tuple[str, str]:
    name, _, slug = text.partition("=")
    if name not in PINS or not slug:
        raise ArgumentTypeError(f"{text!r} is no pin; write {' or '.join(f'{pin}=SLUG' for pin in PINS)}")
    return name, slug


def _hash(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text.strip().lower()):
        raise ArgumentTypeError(f"{text!r} is no hash of the log, which has 64 digits and letters a to f")
    return text.strip().lower()


def add(arguments: Namespace, console: Console) -> int:
    """Add an account."""
    pins = arguments.pin + ([("government", arguments.government)] if arguments.government else [])
    for name, _ in pins:
        if len({slug for pin, slug in pins if pin == name}) > 1:
            raise AccountProblem(f"{name} is given twice; an account is pinned to one {name}.")
    with closing(prepared(ON_THE_PAGE)) as database:
        username = Register(database).add(arguments.username, _password(), arguments.role, dict(pins))
    console.print(f"The account {username} is ready. Next: make run")
    return 0


def show_all(_arguments: Namespace, console: Console) -> int:
    """List all accounts."""
    with closing(prepared(ON_THE_PAGE)) as database:
        accounts = list_accounts(database)
    table = Table("username", "role", "pinned to", "state", "signs in with", "made", box=box.SIMPLE_HEAD)
    for one in accounts:
        state = "disabled" if one.disabled else "demo" if one.demo else "enabled"
        key = "single sign-on" if one.issuer else "password and code" if one.second_factor else "password"
        pins = ", ".join(f"{name}={slug}" for name, slug in one.pins.items())
        table.add_row(_seen(one.username), one.role, _seen(pins), state, key, f"{one.made_at:%Y-%m-%d}")
    console.print(table if accounts else "There is no account yet; add one with: accounts add USERNAME ROLE")
    return 0


def disable(arguments: Namespace, console: Console) -> int:
    """Let an account in no longer."""
    with closing(prepared(ON_THE_PAGE)) as database:
        Register(database).disable(arguments.username)
    console.print(f"The account {arguments.username} is disabled, and signed out everywhere.")
    return 0


def enable(arguments: Namespace, console: Console) -> int:
    """Let an account in again."""
    with closing(prepared(ON_THE_PAGE)) as database:
        Register(database).enable(arguments.username)
    console.print(f"The account {arguments.username} is enabled.")
    return 0


def reset(arguments: Namespace, console: Console) -> int:
    """Give an account a new password."""
    with closing(prepared(ON_THE_PAGE)) as database:
        Register(database).reset(arguments.username, _password())
    console.print(
        f"The account {arguments.username} has a new password, no second factor and no keys, and is signed out "
        "everywhere."
    )
    return 0


def verify_log(arguments: Namespace, console: Console) -> int:
    """Walk the chain of the audit log."""
    with closing(prepared(ON_THE_LOG)) as database:
        found = verify(database, arguments.expect)
    if found.broken is not None:
        console.print(f"FAILS  {found.broken}")
        return 1
    console.print(f"holds  {found.entries:,} entries; the hash of the newest is")
    console.print(found.head)
    console.print("Note it elsewhere: audit verify --expect HASH proves later that nothing up to it was written anew.")
    return 0


def _password() -> str:
    """Asked for twice at a terminal; the first line of standard input where nobody sits at one."""
    try:
        asked = sys.stdin.isatty()
        password = getpass("Password: ") if asked else sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise EOFError
        again = getpass("The same again: ") if asked else password
    except EOFError:
        raise AccountProblem("No password was given, so nothing was done; type one, or bring it as a line.") from None
    except UnicodeDecodeError:
        raise AccountProblem("The password that was brought is no text in UTF-8, so nothing was done.") from None
    if again != password:
        raise AccountProblem("The two passwords differ, so nothing was done; try again.")
    return password


def _seen(text: str) -> str:
    """Names of older versions may hold what a terminal takes for orders."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
