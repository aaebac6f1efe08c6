"""Invented exports in any size: New York's service requests and a ministry's helpdesk. Nobody in them is real."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

T = TypeVar("T")

AGENCIES: Final[dict[str, tuple[str, dict[str, tuple[str, ...]]]]] = {
    "NYPD": ("New York City Police Department", {"Noise - Residential": ("Loud Music/Party", "Banging/Pounding")}),
    "HPD": (
        "Department of Housing Preservation and Development",
        {"HEAT/HOT WATER": ("ENTIRE BUILDING", "APARTMENT ONLY"), "PLUMBING": ("BATHTUB/SHOWER", "TOILET")},
    ),
    "DSNY": ("Department of Sanitation", {"Missed Collection": ("Trash", "Recycling - Paper"), "Noise": ("Trash",)}),
    "DOT": ("Department of Transportation", {"Street Condition": ("Pothole", "Cave-in"), "Noise Street": ("Other",)}),
}
NYC_HEADER: Final = (
    "Unique Key",
    "Created Date",
    "Closed Date",
    "Agency",
    "Agency Name",
    "Complaint Type",
    "Descriptor",
    "Borough",
    "Status",
    "Due Date",
)
BOROUGHS: Final = ("BRONX", "BROOKLYN", "MANHATTAN", "QUEENS", "STATEN ISLAND", "Unspecified")
HELPDESK_HEADER: Final = (
    "Ticket",
    "Opened",
    "Answer by",
    "Resolved",
    "Reopened",
    "Rated",
    "Rating",
    "Subject",
    "Province",
    "Department",
    "Desk",
    "District",
    "Topic",
    "State",
    "Result",
    "Came by",
)
DESKS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("Punjab", "محکمہ صحت"): ("شکایات", ""),
    ("Sindh", "Water Board"): ("Desk 1; East", "Desk 2"),
    ("KP", "Education"): ("",),
    ("", "Passports"): ("Counter",),
}
SUBJECTS: Final = (
    "پانی نہیں آ رہا",
    'گلی میں "کچرا" پڑا ہے',
    "سکول میں استاد نہیں\nتین ہفتے سے",
    "=SUM(A1:A9)",
    "بجلی; بند ہے",
)
_FIRST: Final = datetime(2023, 1, 1)
_YEAR: Final = 365 * 1440


class _Chance:
    """Draws that are the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)

    def one(self, of: Sequence[T]) -> T:
        return of[int(self._draw.integers(len(of)))]

    def happens(self, share: float) -> bool:
        return bool(self._draw.random() < share)

    def minutes(self, low: int, high: int) -> timedelta:
        return timedelta(minutes=int(self._draw.integers(low, high)))

    def days_or_so(self, mean: float) -> timedelta:
        return timedelta(seconds=int(self._draw.exponential(mean * 86_400)))


def nyc_rows(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Requests of one year, most of them closed within weeks."""
    chance, agencies = _Chance(seed), list(AGENCIES)
    for number in range(count):
        agency = chance.one(agencies)
        name, types = AGENCIES[agency]
        kind = chance.one(list(types))
        opened = _FIRST + chance.minutes(0, _YEAR) + timedelta(seconds=number % 60)
        closed = opened + chance.days_or_so(9) if chance.happens(0.85) else None
        yield (
            str(60_000_000 + number),
            _american(opened),
            _american(closed),
            agency,
            name,
            kind,
            chance.one(types[kind]),
            chance.one(BOROUGHS),
            "Closed" if closed else chance.one(("Open", "In Progress", "Assigned", "Pending")),
            _american(opened + timedelta(days=10)) if chance.happens(0.4) else "",
        )


def helpdesk_rows(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Tickets of one year; some reopened, some rated."""
    chance, desks = _Chance(seed), list(DESKS)
    for number in range(count):
        province, department = chance.one(desks)
        opened = _FIRST + chance.minutes(0, _YEAR)
        closed = opened + chance.minutes(60, 40_000) if chance.happens(0.8) else None
        again = closed + chance.minutes(1440, 9000) if closed and chance.happens(0.1) else None
        rated = closed + timedelta(days=1) if closed and chance.happens(0.3) else None
        yield (
            f"HD-{number:05}",
            f"{opened:%d/%m/%Y %H:%M}",
            f"{opened + timedelta(days=20):%d/%m/%Y}",
            f"{closed:%d/%m/%Y %H:%M}" if closed else "",
            f"{again:%d/%m/%Y %H:%M}" if again else "",
            f"{rated:%d/%m/%Y}" if rated else "",
            chance.one("12345") if rated else "",
            chance.one(SUBJECTS),
            province,
            department,
            chance.one(DESKS[province, department]),
            chance.one(("Lahore", "کراچی جنوبی", "Peshawar", "")),
            chance.one(("Water", "پانی", "Staff", "")),
            "again" if again else "Done" if closed else chance.one(("New", "waiting")),
            chance.one(("Solved", "in part", "not possible", "")) if closed else "",
            chance.one(("App", "Phone", "Fax", "")),
        )


def write_nyc(path: Path, count: int, seed: int = 1) -> Path:
    """New York's export: commas."""
    return _write(path, NYC_HEADER, nyc_rows(count, seed), ",")


def write_helpdesk(path: Path, count: int, seed: int = 1) -> Path:
    """The helpdesk's: semicolons, with a mark of UTF-8 before them."""
    return _write(path, HELPDESK_HEADER, helpdesk_rows(count, seed), ";", "utf-8-sig")


def _write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[str, ...]], by: str, code: str = "utf-8") -> Path:
    with path.open("w", encoding=code, newline="") as file:
        writer = csv.writer(file, delimiter=by)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _american(moment: datetime | None) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}" if moment else ""
