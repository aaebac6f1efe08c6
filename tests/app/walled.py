"""A world for the walk: what belongs to one government is told from what belongs to another by a word or a number.

Every lot of complaints has a count of its own, so that any sum tells which lots are in it. Departments, offices and
officers carry their government in their names. Four governments hold complaints; all others hold none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from dash import Dash
from flask import Flask
from sqlalchemy import insert

from app import assemble
from data_access import database as databases
from data_access.accounts.claims import Rule
from data_access.accounts.passwords import hash_password
from data_access.accounts.pins import text_of
from data_access.accounts.provider import Provider
from data_access.clock import utc_now
from data_access.database import Database, open_database
from data_access.directory import Directory, read_directory
from data_access.intake.ground import GOVERNMENTS, districts, lay_ground
from data_access.roles import ROLES
from data_access.tables.accounts import account
from data_access.tables.records import accountability_action
from tests.app.serving import SETTINGS, Caller
from tests.app.small import Row, bring, event, stamp

WALKERS: Final = Rule("groups", "walkers", "viewer")
PROVIDER: Final = Provider("http://127.0.0.1:9", "walk", "secret", (WALKERS,), "Nobody there")
FIRST, NEWEST = date(2019, 5, 6), date(2019, 9, 30)
PASSWORD: Final = "a walk in the dark"


@dataclass(frozen=True)
class Lot:
    """Complaints alike: the office that holds them, the district and the category they are about, and how many."""

    office: str
    district: str
    category: str
    count: int


LOTS: Final = (
    Lot("federal-power-desk", "lahore", "power", 211),
    Lot("federal-power-desk", "karachi-south", "power", 223),
    Lot("federal-posts-desk", "peshawar", "posts", 227),
    Lot("punjab-works-desk", "lahore", "potholes", 131),
    Lot("punjab-works-bureau", "multan", "roads", 149),
    Lot("punjab-health-desk", "lahore", "clinics", 163),
    Lot("sindh-works-desk", "karachi-south", "potholes", 103),
    Lot("sindh-works-bureau", "karachi-east", "roads", 107),
    Lot("sindh-health-desk", "karachi-south", "clinics", 109),
    Lot("sindh-health-desk", "hyderabad", "clinics", 113),
    Lot("sindh-works-desk", "lahore", "roads", 127),  # held by one government, about the territory of another
    Lot("khyber-pakhtunkhwa-works-desk", "peshawar", "roads", 137),
)
OFFICES: Final[Mapping[str, tuple[str, str]]] = {
    f"{government}-{department}-{kind}": (f"{government}-{department}", government)
    for government, departments in {
        "federal": ("power", "posts"),
        "punjab": ("works", "health"),
        "sindh": ("works", "health"),
        "khyber-pakhtunkhwa": ("works",),
    }.items()
    for department in departments
    for kind in ("desk", "bureau")
}
"""Office -> its department and government."""
DISTRICTS: Final[Mapping[str, tuple[str, str]]] = {
    "lahore": ("lahore", "punjab"),
    "kasur": ("lahore", "punjab"),
    "multan": ("multan", "punjab"),
    "khanewal": ("multan", "punjab"),
    "karachi-south": ("karachi", "sindh"),
    "karachi-east": ("karachi", "sindh"),
    "hyderabad": ("hyderabad", "sindh"),
    "jamshoro": ("hyderabad", "sindh"),
    "bagh": ("poonch", "azad-jammu-kashmir"),
    "awaran": ("kalat", "balochistan"),
    "astore": ("diamer", "gilgit-baltistan"),
    "islamabad": ("", "islamabad"),
    "peshawar": ("peshawar", "khyber-pakhtunkhwa"),
    "nowshera": ("peshawar", "khyber-pakhtunkhwa"),
}
"""District -> its division, and the government in whose territory it lies."""
_GOVERNMENT: Final = {number: slug for number, (slug, _) in enumerate(GOVERNMENTS, 1)}
PLACES: Final[Mapping[str, tuple[str, str]]] = {
    **{row["slug"]: (row["division_slug"], _GOVERNMENT[row["government_id"]]) for row in districts()},
    **DISTRICTS,
}
"""The same for every district there is: about most of them nobody complains here."""
CATEGORIES: Final[Mapping[str, str | None]] = {
    "power": None,
    "posts": None,
    "roads": None,
    "potholes": "roads",
    "clinics": None,
}
"""Category -> its main category."""


def received(filters: Mapping[str, str]) -> int:
    """How many complaints were received by those who hold them now, counted here and not by the house."""
    return sum(lot.count for lot in LOTS if is_in(lot, filters))


def is_in(lot: Lot, filters: Mapping[str, str]) -> bool:
    """Whether the complaints of the lot are under all these filters."""
    return all(_is(lot, name, value) for name, value in filters.items())


def _is(lot: Lot, name: str, value: str) -> bool:
    department, government = OFFICES[lot.office]
    own = {
        "office": (lot.office,),
        "department": (department,),
        "government": (government,),
        "district": (lot.district,),
        "division": (DISTRICTS[lot.district][0],),
        "category": (lot.category, CATEGORIES[lot.category]),
    }
    return value in own[name]


@dataclass(frozen=True)
class Person:
    """An account: its name says its role and what it is pinned to."""

    role: str
    pinned: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return ".".join([self.role.replace("_", "-"), *self.pinned.values()])


PIN: Final[Mapping[str, str]] = {
    "government": "sindh",
    "division": "karachi",
    "district": "karachi-south",
    "department": "sindh-works",
    "office": "sindh-works-desk",
}
"""What accounts are pinned to, where their role lets them be."""


def people() -> tuple[Person, ...]:
    """An account for every role and everything that it may be pinned to, and a government that has no territory."""
    found = []
    for role in ROLES.values():
        must = {name: PIN[name] for name in role.must}
        found += [Person(role.name, must), *(Person(role.name, {**must, name: PIN[name]}) for name in role.may)]
    return (*found, Person("chief_secretary", {"government": "federal"}))


def build(path: Path) -> Database:
    """The world in a new file. Its tables are small: whoever walks asks it thousands of times, and would wake a second
    thread in vain each time, in the long run too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(databases._DUCKDB, "threads", 1)
        database = open_database(f"duckdb:///{path}")
    lay_ground(database, "sample", "a world for the walk")
    bring(database, {**_references(), **dict(zip(("complaint", "event"), _history(), strict=True))})
    rows = [
        {
            "username": person.name,
            "password_hash": _hash(),
            "role": person.role,
            "pinned": text_of(person.pinned),
            "demo": False,
            "disabled": False,
            "epoch": 1,
            "made_at": utc_now(),
        }
        for person in people()
    ]
    with database.clerk() as connection:
        connection.execute(insert(account), rows)
        connection.execute(insert(accountability_action), list(_actions(read_directory(connection))))
    return database


def _actions(directory: Directory) -> Iterator[dict[str, Any]]:
    """On a post of each office and of each government as a whole, one that holds and one that waits."""
    places: list[tuple[str | None, str]] = [*((one, government) for one, (_, government) in OFFICES.items())]
    places += [(None, government) for government in sorted({government for _, government in OFFICES.values()})]
    for place, (office, government) in enumerate(places):
        for waits in (False, True):
            yield {
                "id": 2 * place + waits + 1,
                "government_id": directory.id_of("government", government),
                "office_id": None if office is None else directory.id_of("office", office),
                "post": f"secretary-{office or government}",
                "kind": "warning",
                "posts": 1,
                "acted_on": NEWEST - timedelta(days=10 * place),
                "source": "a report",
                "state": "proposed" if waits else None,
                "proposed_by": f"chief-secretary.{government}" if waits else None,
                "proposed_at": utc_now() if waits else None,
            }


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def _references() -> dict[str, list[Row]]:
    offices = [
        {"slug": slug, "name": slug.replace("-", " ").title(), "department": department, "designation": "Secretary"}
        for slug, (department, _) in OFFICES.items()
    ]
    officers = [
        {"slug": f"officer-{slug}", "name": f"Zeb of {slug}", "designation": "Secretary", "grade": "20"}
        for slug in OFFICES
    ]
    departments = dict(OFFICES.values())
    return {
        "department": [
            {"slug": slug, "name": slug.replace("-", " ").title(), "government": government}
            for slug, government in departments.items()
        ],
        "category": [
            {"slug": slug, "name": slug.title(), **({"parent": parent} if parent else {})}
            for slug, parent in CATEGORIES.items()
        ],
        "office": offices,
        "officer": officers,
        "posting": [
            {"office": slug, "officer": f"officer-{slug}", "from_on": "2018-01-01", "to_on": ""} for slug in OFFICES
        ],
    }


def _history() -> tuple[list[Row], list[Row]]:
    """Complaints over all days, some closed, some of those with an answer: other shares in each lot."""
    complaints: list[Row] = []
    events: list[Row] = []
    days = (NEWEST - FIRST).days
    for place, lot in enumerate(LOTS):
        for n in range(lot.count):
            number, day = 10_000 * (place + 1) + n, FIRST + timedelta(days=(n * (place + 3)) % (days + 1))
            about = {"category": lot.category, "district": lot.district, "channel": "app" if n % 2 else "web"}
            complaints.append({"id": str(number), "received_at": stamp(day), **about})
            events.append(event(number, day, "received", office=lot.office))
            if n % (place + 2) and day + timedelta(days=12) <= NEWEST:
                outcome = "relief" if n % 3 else "refused"
                events.append(event(number, day + timedelta(days=2 + n % 9), "closed", outcome=outcome))
                if n % 4 == 0:
                    said = "true" if n % 3 else "false"
                    events.append(event(number, day + timedelta(days=12), "feedback", satisfied=said))
    return complaints, events


@dataclass(frozen=True)
class House:
    """A server over the world. `dash` knows its callbacks."""

    dash: Dash

    @property
    def server(self) -> Flask:
        server: Flask = self.dash.server
        return server

    def program(self, person: Person) -> Caller:
        """Asks as this account by HTTP Basic."""
        return Caller(self.server.test_client(), person.name, PASSWORD)

    def browser(self, person: Person) -> Caller:
        """Asks as this account, in a session."""
        caller = Caller(self.server.test_client(), None)
        reply = caller.sign_in(person.name, PASSWORD)
        assert reply.status_code == 303, (person.name, reply.status_code, reply.text)
        return caller

    def nobody(self) -> Caller:
        """Asks without an account."""
        return Caller(self.server.test_client(), None)


def house(database: Database) -> House:
    """A server that has answered nothing yet."""
    return House(assemble(replace(SETTINGS, provider=PROVIDER), database))


def folders(base: Path) -> Iterator[Database]:
    """The world for the tests of a file, which only read."""
    database = build(base / "walled.duckdb")
    yield database
    database.close()
