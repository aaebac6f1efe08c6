"""From filters to what is counted: which complaints, as of which day, and what the change is measured against."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from data_access.directory import Directory
from data_access.filters import FilterError, Filters
from data_access.reader import Snapshot
from data_access.scope import OutOfScope
from data_access.tables.records import review

LIMIT_DAYS = 20  # a cohort younger than the usual limit cannot have been answered in full
AHEAD = timedelta(days=30)  # how far one looks ahead where no review is known
FARTHEST = timedelta(days=366)  # and at most


@dataclass(frozen=True)
class Window:
    """Figures as of the end of a day; of the complaints received from_on … to_on, or of all since launch."""

    as_of: date
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Selection:
    """Which complaints, by id. None: not asked about. A main category stands for all below it.

    Government, department and office hold them; the districts are where they are about.
    """

    government: int | None = None
    department: int | None = None
    office: int | None = None
    districts: tuple[int, ...] | None = None
    categories: tuple[int, ...] | None = None
    channel: str | None = None
    residency: str | None = None
    gender: str | None = None

    @property
    def crossed(self) -> frozenset[str]:
        """The dimensions asked about besides the government."""
        asked = {
            "department": self.department,
            "office": self.office,
            "district": self.districts,
            "category": self.categories,
            "channel": self.channel,
            "residency": self.residency,
            "gender": self.gender,
        }
        return frozenset(name for name, value in asked.items() if value is not None)


@dataclass(frozen=True)
class View:
    """One question, ready to be counted. `as_of` is None only while the database holds no complaint.

    `before` is what changes are measured against; None where there is nothing before launch to compare with. `until` is
    the day until which one looks ahead; None where nobody does.
    """

    filters: Filters
    selection: Selection
    window: Window | None
    before: Window | None
    until: date | None = None

    @property
    def as_of(self) -> date | None:
        """The day whose end the figures are of."""
        return self.window.as_of if self.window else None

    @property
    def compare(self) -> date | None:
        """The as-of day of what the changes are measured against."""
        return self.before.as_of if self.before else None

    @property
    def from_on(self) -> date | None:
        """First day of receipt that counts; None: since launch."""
        return self.window.from_on if self.window else None

    @property
    def to_on(self) -> date | None:
        """Last day of receipt that counts; None: until the as-of day."""
        return self.window.to_on if self.window else None

    @property
    def immature(self) -> bool:
        """Whether the limit has not run out for all complaints of the period."""
        window = self.window
        return bool(window and window.to_on and window.as_of < window.to_on + timedelta(days=LIMIT_DAYS))


def view_of(snapshot: Snapshot, asked: Filters, *, public_lines: bool = False, ahead: bool = False) -> View:
    """The question behind the filters, inside the scope of the snapshot: there is no other way to a view.

    `public_lines`: the answer is lines of governments (see `Scope.confine`). `ahead`: it is about the days until `by`,
    or until the next review. Raises OutOfScope for what the account may not ask, FilterError for a slug nobody has or a
    day outside the data.
    """
    filters = snapshot.scope.confine(asked, snapshot.directory, public_lines=public_lines)
    selection = _selection(snapshot.directory, filters)
    window = _window(snapshot, filters)
    if window is None:
        return View(filters, selection, None, None)
    until = _until(snapshot, filters, window.as_of) if ahead else None
    return View(filters, selection, window, _before(snapshot, filters, window), until)


def may_ask(snapshot: Snapshot, asked: Filters) -> bool:
    """Whether there is an answer to these filters for the account, days aside; cheap."""
    return refusal(snapshot, asked) is None


def refusal(snapshot: Snapshot, asked: Filters) -> FilterError | OutOfScope | None:
    """Why there is no answer to these filters for the account, days aside; None where there is one; cheap."""
    try:
        _selection(snapshot.directory, snapshot.scope.confine(asked, snapshot.directory))
    except (FilterError, OutOfScope) as error:
        return error
    return None


def _window(snapshot: Snapshot, filters: Filters) -> Window | None:
    first, newest = snapshot.state.first_day, snapshot.state.newest_day
    for name in ("as_of", "from", "to", "compare"):
        given = filters.given().get(name)
        if given is None:
            continue
        if first is None or newest is None:
            raise FilterError(name, given, f"{name}={given} cannot be answered: the database holds no complaints yet.")
        if not first <= date.fromisoformat(given) <= newest:
            message = (
                f"{name}={given} lies outside the data, which reach from {first} to {newest}; choose a day between."
            )
            raise FilterError(name, given, message)
    if first is None or newest is None:
        return None
    as_of = filters.as_of or newest
    if filters.from_on is None and filters.to_on is None:
        return Window(as_of)
    window = Window(as_of, filters.from_on or first, filters.to_on or as_of)
    for name, day in (("from", window.from_on), ("to", window.to_on)):
        if day is not None and day > as_of:
            raise FilterError(
                name, str(day), f"{name}={day} is later than as_of={as_of}; figures cannot know that day."
            )
    return window


def _before(snapshot: Snapshot, filters: Filters, window: Window) -> Window | None:
    first = snapshot.state.first_day
    if window.from_on is not None and window.to_on is not None:
        if filters.compare is not None:
            message = (
                "compare goes with figures since launch; with from and to the change is against the period before."
            )
            raise FilterError("compare", str(filters.compare), message)
        length = window.to_on - window.from_on + timedelta(days=1)
        earlier = Window(window.as_of - length, window.from_on - length, window.to_on - length)
        return earlier if first and earlier.from_on and earlier.from_on >= first else None
    if filters.compare is not None and filters.compare >= window.as_of:
        message = f"compare={filters.compare} is not earlier than as_of={window.as_of}; choose an earlier day."
        raise FilterError("compare", str(filters.compare), message)
    day = filters.compare or _last_review(snapshot, filters, window.as_of) or window.as_of - timedelta(days=30)
    return Window(day) if first and day >= first else None


def _last_review(snapshot: Snapshot, filters: Filters, as_of: date) -> date | None:
    newest = select(func.max(review.c.day)).where(review.c.day < as_of, _concerns(snapshot, filters))
    day: date | None = snapshot.connection.execute(newest).scalar()
    return day


def reviews_around(snapshot: Snapshot, filters: Filters, as_of: date) -> tuple[date | None, date | None]:
    """The last review before this day and the first one after it, of all governments or of the one looked at."""
    later = select(func.min(review.c.day)).where(review.c.day > as_of, _concerns(snapshot, filters))
    following: date | None = snapshot.connection.execute(later).scalar()
    return _last_review(snapshot, filters, as_of), following


def _concerns(snapshot: Snapshot, filters: Filters) -> ColumnElement[bool]:
    """Whether a review that holds is one of all governments, or of the one that is looked at."""
    own = _id(snapshot.directory, "government", filters.government)
    whose = review.c.government_id.is_(None) if own is None else func.coalesce(review.c.government_id, own) == own
    return and_(whose, review.c.withdrawn_at.is_(None))


def _until(snapshot: Snapshot, filters: Filters, as_of: date) -> date:
    """The day that is asked for, else that of the next review that is known, else the end of `AHEAD`."""
    if isinstance(filters.by, date):
        if not as_of < filters.by <= as_of + FARTHEST:
            message = (
                f"by={filters.by} is no day to look ahead to from as_of={as_of}; choose one of the "
                f"{FARTHEST.days} days after it."
            )
            raise FilterError("by", str(filters.by), message)
        return filters.by
    soon = (review.c.day > as_of, review.c.day <= as_of + FARTHEST)
    next_one = select(func.min(review.c.day)).where(*soon, _concerns(snapshot, filters))
    day: date | None = snapshot.connection.execute(next_one).scalar()
    return day or as_of + AHEAD


def _id(directory: Directory, dimension: str, slug: str | None) -> int | None:
    return None if slug is None else directory.id_of(dimension, slug)


def _selection(directory: Directory, filters: Filters) -> Selection:
    _check_holders(directory, filters)
    placed = filters.view == "placed"
    category = _id(directory, "category", filters.category)
    below = directory.members["category"].values()
    return Selection(
        government=None if placed else _id(directory, "government", filters.government),
        department=_id(directory, "department", filters.department),
        office=_id(directory, "office", filters.office),
        districts=_districts(directory, filters),
        categories=None if category is None else (category, *(m.id for m in below if m.parent == category)),
        channel=filters.channel,
        residency=filters.residency,
        gender=filters.gender,
    )


def _check_holders(directory: Directory, filters: Filters) -> None:
    """Raise FilterError when what holds the complaints does not lie in what is asked for beside it."""
    given = filters.given()
    wider = ("department",) if filters.view == "placed" else ("department", "government")
    for name in ("office", "department"):
        around = directory.around(name, given[name]) if name in given else {}
        for outer in wider:
            if outer in given and around.get(outer, given[outer]) != given[outer]:
                message = (
                    f"The {name} {given[name]} belongs to the {outer} {around[outer]}, not to {given[outer]}; "
                    "leave one of them out."
                )
                raise FilterError(name, given[name], message)


def _districts(directory: Directory, filters: Filters) -> tuple[int, ...] | None:
    """Where the complaints are about; with view=placed, in the territory of the government."""
    found: tuple[int, ...] | None = None
    named = ""
    if filters.view == "placed" and filters.government is not None:
        found, named = directory.territory(filters.government), f"the territory of {filters.government}"
        if not found:
            message = f"{filters.government} has no district of its own; ask what it holds, without view=placed."
            raise FilterError("view", "placed", message)
    for name, slug in (("division", filters.division), ("district", filters.district)):
        if slug is None:
            continue
        inner = directory.districts_of(slug) if name == "division" else (directory.id_of("district", slug),)
        if found is not None and not set(inner) <= set(found):
            message = f"The {name} {slug} does not lie in {named}; leave one of them out."
            raise FilterError(name, slug, message)
        found, named = inner, f"the {name} {slug}"
    return found
