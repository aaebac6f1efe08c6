"""Review days and promises as they were entered, withdrawn ones too: what the pages list on which they are entered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data_access.directory import Directory
from data_access.reviews import Records
from data_access.scope import OutOfScope
from data_access.tables.records import commitment, review


@dataclass(frozen=True)
class Entered:
    """One entry. `whose` are the names of whom it is for, the narrowest first; none: all governments."""

    number: int
    whose: tuple[str, ...]
    values: Any
    withdrawn: bool
    may_withdraw: bool


def reviews_entered(connection: Connection, directory: Directory, records: Records) -> list[Entered]:
    """Review days of all governments and of those that the account may see, the newest first."""
    rows = connection.execute(select(review).order_by(review.c.day.desc(), review.c.id.desc())).all()
    own = records.scope.pinned.get("government")
    found = []
    for row in rows:
        government = directory.members["government"].get(row.government_id)
        if government is None or own in (None, government.slug):
            names = () if government is None else (government.name,)
            found.append(Entered(row.id, names, row, row.withdrawn_at is not None, records.may_withdraw(row)))
    return found


def commitments_entered(connection: Connection, directory: Directory, records: Records) -> list[Entered]:
    """Promises of those that the account answers for, the newest first."""
    rows = connection.execute(select(commitment).order_by(commitment.c.set_on.desc(), commitment.c.id.desc())).all()
    found = []
    for row in rows:
        holder = holder_of(row, directory)
        try:
            records.check_pins(directory, holder)
        except OutOfScope:
            continue
        names = directory.names_of(holder)
        found.append(Entered(row.id, names, row, row.withdrawn_at is not None, records.may_withdraw(row)))
    return found


def holder_of(row: Any, directory: Directory) -> dict[str, str]:
    """Whom a promise is for, parameter -> slug, wide to narrow."""
    keys = {
        "government": row.holder_id,
        "district": row.district_id,
        "department": row.department_id,
        "office": row.office_id,
    }
    members = directory.members
    return {name: members[name][key].slug for name, key in keys.items() if key is not None and key in members[name]}
