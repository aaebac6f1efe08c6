"""Times as exports write them, against Python's own reading of each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.foreign.times import read_moments, wall_time

KARACHI = ZoneInfo("Asia/Karachi")
PATTERNS = ["%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%d.%m.%y %H:%M:%S", "%d-%b-%Y %H:%M:%S", "%Y%m%d%H%M%S"]
PATTERNS += ["%d/%m/%Y %H:%M:%S.%f", "%d %B %Y, %H:%M:%S"]


def read(values: list[str | None], *formats: str, zone: str = "Asia/Karachi") -> list[datetime | None]:
    """Karachi's wall time of each; "bad" is a fault."""
    found = read_moments(pa.array(values, pa.string()), formats, zone, typed=False)
    walls = wall_time(found.at).to_pylist()
    assert [wall is None and value is not None for wall, value in zip(walls, values, strict=True)] == found.bad.tolist()
    return walls


@pytest.mark.parametrize("pattern", PATTERNS)
@given(st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2068, 1, 1)).map(lambda t: t.replace(microsecond=0))))
def test_patterns_read_what_they_write(pattern: str, moments: list[datetime]) -> None:
    assert read([moment.strftime(pattern) for moment in moments], pattern) == moments


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("31/02/2024", "%d/%m/%Y"),
        ("30/02/2024 10:00", "%d/%m/%Y %H:%M"),
        ("29/02/2023", "%d/%m/%Y"),
        ("1/2/24", "%d/%m/%Y"),
        ("01/02/2024x", "%d/%m/%Y"),
        ("13/13/2024", "%d/%m/%Y"),
        ("01/01/2024 13:00 PM", "%d/%m/%Y %I:%M %p"),
        ("", "%d/%m/%Y"),
        ("2024-02-30", "iso"),
        ("2024-01-01T25:00", "iso"),
        ("0024-01-01", "iso"),
        ("2024-1-1", "iso"),
        ("yesterday", "iso"),
        ("yesterday", "excel"),
        ("0.5", "excel"),
        ("99999999", "excel"),
        ("1e9", "epoch"),
        ("999999999999999", "epoch"),
    ],
)
def test_what_is_no_time_is_not_guessed(text: str, pattern: str) -> None:
    assert read([text], pattern) == [None]


def test_iso_excel_and_epoch() -> None:
    nine = datetime(2024, 1, 31, 9, 30)
    texts = [
        "2024-01-31",
        "2024-01-31T09:30",
        "2024-01-31 09:30:00.000",
        "2024-01-31T04:30:00Z",
        "2024-01-31T10:30+06:00",
    ]
    assert read([*texts, None], "iso") == [datetime(2024, 1, 31), nine, nine, nine, nine, None]
    assert read(["45322", "45322.395833333336", "۴۵۳۲۲"], "excel") == [
        nine.replace(hour=0, minute=0),
        nine,
        datetime(2024, 1, 31),
    ]
    seconds = int(nine.replace(tzinfo=KARACHI).timestamp())
    assert read([str(seconds), f"{seconds}000", f"{seconds}.5"], "epoch")[:2] == [nine, nine]


def test_formats_are_tried_one_after_the_other() -> None:
    assert read(["31/01/2024", "2024-01-31", "x"], "%d/%m/%Y", "iso") == [datetime(2024, 1, 31)] * 2 + [None]


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), st.sampled_from(["America/New_York", "Asia/Tokyo", "UTC"])
)
def test_zones_are_those_of_the_export(wall: datetime, zone: str) -> None:
    wall = wall.replace(microsecond=0)
    there = wall.replace(tzinfo=ZoneInfo(zone))
    if there.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        return  # an hour that is left out there
    expected = there.astimezone(KARACHI).replace(tzinfo=None)
    assert read([f"{wall:%d/%m/%Y %H:%M:%S}"], "%d/%m/%Y %H:%M:%S", zone=zone) == [expected]


def test_an_hour_that_is_left_out_begins_after_it_and_one_that_comes_twice_is_the_first() -> None:
    found = read(["2024-03-10T02:30", "2024-11-03T01:30"], "iso", zone="America/New_York")
    assert found == [datetime(2024, 3, 10, 12, 0), datetime(2024, 11, 3, 10, 30)]


def test_typed_columns() -> None:
    stamps = pa.array([datetime(2024, 1, 31, 9, 30), None], pa.timestamp("ns"))
    assert wall_time(read_moments(stamps, ("iso",), "UTC", typed=True).at).to_pylist() == [
        datetime(2024, 1, 31, 14, 30),
        None,
    ]
    aware = pa.array([datetime(2024, 1, 31, 9, 30)], pa.timestamp("s", "UTC"))
    assert wall_time(read_moments(aware, ("iso",), "Asia/Tokyo", typed=True).at).to_pylist() == [
        datetime(2024, 1, 31, 14, 30)
    ]
    days = read_moments(pa.array([date(2024, 1, 31)]), ("iso",), "Asia/Karachi", typed=True)
    assert (days.day_only.tolist(), wall_time(days.at).to_pylist()) == ([True], [datetime(2024, 1, 31)])


def test_serials_are_days_of_spreadsheets() -> None:
    day = datetime(2024, 2, 29)
    serial = (day - datetime(1899, 12, 30)) / timedelta(days=1)
    assert read([f"{serial:.0f}", f"{serial:.1f}"], "excel") == [day, day]
