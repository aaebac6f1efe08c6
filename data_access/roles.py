"""The roles: what an account in each may do, and what it may or must be pinned to. One table; nothing else decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ADMINISTER: Final = "administer"  # accounts, the audit log, imports
OFFICER_NAMES: Final = "officer-names"  # of offices inside the account's pins
COMPLAINTS: Final = "complaints"  # single complaints and lists of them, inside the account's pins
BRIEFINGS: Final = "briefings"  # make and show briefings
RECORDS: Final = "records"  # review days, commitments, replies to signals, audits by call, inside the account's pins
ACTIONS: Final = "actions"  # propose and approve actions, inside the account's pins
ENTRIES: Final = "entries"  # initiatives, success stories and announcements, by accounts without pins
FILES: Final = "files"  # CSV, JSON and other files, and programs with a key
CONDUCT: Final = "conduct"  # one pseudonymous citizen's flags, each time noted
EVENTS: Final = "events"  # send events and complaints in: no role has it, an administrator lets a single token

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        ADMINISTER: "manage accounts, read the audit log",
        OFFICER_NAMES: "see officers by name, where the account's pins reach",
        COMPLAINTS: "open complaints and lists of them, where the account's pins reach",
        BRIEFINGS: "make and show briefings",
        RECORDS: "enter review days, promises, replies to signals and results of calls, where the account's pins reach",
        ACTIONS: "propose and approve actions, where the account's pins reach",
        ENTRIES: "enter and change initiatives, success stories and announcements",
        FILES: "take figures along: CSV, API",
        CONDUCT: "open the flags of one pseudonymous citizen, each time noted",
        EVENTS: "send events and complaints in, which change the figures of everybody",
    }
)
"""What each ability means, in words."""
_REACH: Final = ", where the account's pins reach"

PINS: Final = ("government", "division", "district", "department", "office")
"""What an account can be pinned to, from wide to narrow."""


@dataclass(frozen=True)
class Role:
    """One role. `must` are the filters an account in it has pinned at least, `may` those that can be pinned too.

    `pages` are the paths it may open; None: all that its abilities allow. `lasting`: its sessions do not end for want
    of activity, and last for weeks. `lands` is the page that sign-in leads to where nothing else was asked for.
    `home` is the one government whose posts it acts on; None: the one that it is pinned to.
    """

    name: str
    title: str
    about: str
    abilities: frozenset[str]
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    pages: tuple[str, ...] | None = None
    lasting: bool = False
    lands: str = "/"
    home: str | None = None


_ALL: Final = (
    Role("admin", "Administrator", "keeps accounts and data in order", frozenset({ADMINISTER, ENTRIES, FILES})),
    Role(
        "pmo",
        "Prime Minister's office",
        "sees every government down to the officer and the complaint",
        frozenset({OFFICER_NAMES, COMPLAINTS, BRIEFINGS, RECORDS, ACTIONS, ENTRIES, FILES, CONDUCT}),
        home="federal",
    ),
    Role(
        "chief_secretary",
        "Chief secretary",
        "sees one government, or a part of it, down to the officer and the complaint",
        frozenset({OFFICER_NAMES, COMPLAINTS, RECORDS, ACTIONS, FILES}),
        must=("government",),
        may=PINS[1:],
        lands="/review",
    ),
    Role(
        "presenter",
        "Presenter",
        "shows aggregates at meetings, from frozen briefings",
        frozenset({BRIEFINGS, FILES}),
        may=PINS,
        lands="/briefings",
    ),
    Role("viewer", "Viewer", "sees aggregates", frozenset({FILES}), may=PINS),
    Role(
        "display",
        "Wall screen",
        "shows the scorecard and nothing else",
        frozenset(),
        may=PINS,
        pages=("/",),
        lasting=True,
    ),
)
ROLES: Final[Mapping[str, Role]] = MappingProxyType({role.name: role for role in _ALL})
"""Name -> role, in the order in which they are listed."""


def in_words(abilities: Collection[str]) -> list[str]:
    """What accounts with these abilities may do, in words that go on from "may", in the order of the table.

    Where its pins reach is left away: that is said of the account, not of what it may do.
    """
    known = [about.removesuffix(_REACH) for ability, about in ABOUT.items() if ability in abilities]
    return [*known, *sorted(set(abilities) - ABOUT.keys())]


def may_enter(abilities: Collection[str], pinned: Mapping[str, str]) -> bool:
    """Whether an account with these abilities and pins enters what is told of the whole country."""
    return ENTRIES in abilities and not pinned
