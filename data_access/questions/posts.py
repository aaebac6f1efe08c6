"""Who is posted where: the post that heads an office, and whoever held it on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from data_access.reader import Snapshot
from data_access.tables.reference import officer, posting


@dataclass(frozen=True)
class Post:
    """The post that heads an office. `officer` is the name of whoever holds it, None where that is not known or said.

    `vacant`: nobody holds it.
    """

    designation: str
    officer: str | None = None
    vacant: bool = False


def post_at(snapshot: Snapshot, office: str, day: date) -> Post | None:
    """The post that heads the office of this slug as of the day; None where there is no such office.

    Officers are named only to accounts that may name those of this post.
    """
    directory = snapshot.directory
    key = directory.ids["office"].get(office)
    designation = None if key is None else directory.member("office", key).post
    if designation is None:
        return None
    p = posting.c
    on_day = (p.office_id == key, p.from_on <= day, or_(p.to_on.is_(None), p.to_on >= day))
    newest = select(p.officer_id).where(*on_day).order_by(p.from_on.desc()).limit(1)
    held = snapshot.connection.execute(newest).one_or_none()
    if held is None or held.officer_id is None:
        return Post(designation, vacant=held is not None)
    if not snapshot.scope.names_officers_of({"office": office, **directory.around("office", office)}):
        return Post(designation)
    named = select(officer.c.name).where(officer.c.id == held.officer_id)
    return Post(designation, snapshot.connection.execute(named).scalar_one_or_none())
