"""Flags put into the tiny world, and what a plain recount makes of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from data_access.conduct import WEIGHTS, slug_of
from data_access.database import Database
from data_access.tables.facts import citizen
from data_access.tables.records import conduct_flag
from data_access.tables.reference import government, office

Flag = dict[str, Any]
KIND = "false complaint"


def a_flag(citizen_id: int, made_by: str = "sindh-office", **values: Any) -> Flag:
    """Flagged on 5 January, reviewed on the 15th and upheld, unless the values say otherwise."""
    days = {"flagged_on": date(2019, 1, 5), "reviewed_on": date(2019, 1, 15)}
    told = {"citizen_id": citizen_id, "complaint_id": None, "office": made_by, "kind": KIND, **days}
    return {**told, "upheld": True, "appeal": None, "appeal_decided_on": None, **values}


def put(database: Database, flags: Sequence[Flag], homes: dict[int, str | None]) -> None:
    """These flags and citizens in place of all others; homes: citizen -> government, None: overseas."""
    with database.writer() as connection:
        offices = {row.slug: row.id for row in connection.execute(select(office.c.slug, office.c.id))}
        ids = {row.slug: row.id for row in connection.execute(select(government.c.slug, government.c.id))}
        connection.execute(delete(conduct_flag))
        connection.execute(delete(citizen))
        people = [
            {
                "id": number,
                "registered_on": date(2018, 12, 1),
                "home_id": ids.get(home or ""),
                "residency": "inland" if home else "overseas",
                "gender": "unknown",
                "special_person": False,
            }
            for number, home in homes.items()
        ]
        rows = [
            {"id": place, "office_id": offices[one["office"]], **{k: v for k, v in one.items() if k != "office"}}
            for place, one in enumerate(flags, 1)
        ]
        for table, found in ((citizen, people), (conduct_flag, rows)):
            if found:
                connection.execute(insert(table), found)


def counting(one: Flag, day: date) -> bool:
    """Whether the flag counts at the end of the day, from the rules as they are told."""
    if one["reviewed_on"] is None or one["reviewed_on"] > day or not one["upheld"]:
        return False
    return one["appeal"] != "allowed" or (one["appeal_decided_on"] is not None and one["appeal_decided_on"] > day)


def index_of(flags: Sequence[Flag], citizen_id: int, day: date) -> int:
    """The index of a citizen, flag by flag."""
    taken = 0.0
    for one in flags:
        if one["citizen_id"] == citizen_id and counting(one, day):
            taken += WEIGHTS[slug_of(one["kind"])] / 2 ** ((day - one["reviewed_on"]) / timedelta(days=180))
    return round(max(100 - taken, 0))
