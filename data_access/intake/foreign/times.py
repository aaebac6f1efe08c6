"""Times of an export as moments, by the formats that its mapping names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data_access.clock import ZONE
from data_access.intake.foreign.cells import flags, western

_ISO: Final = r"^[1-9]\d{3}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$"
_OFFSET: Final = r"^[1-9]\d{3}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$"
_NUMBER: Final = r"^-?\d{1,15}(\.\d{1,20})?$"
_FIRST: Final = datetime(1000, 1, 1)
_LAST: Final = datetime(9999, 12, 30)
_PLAIN_DIRECTIVES: Final = frozenset("dmYyHIMSpb")
"""What Arrow reads as Python does; the rest is read more slowly."""
_EXCEL_DAY_0: Final = np.datetime64("1899-12-30", "us")
_LAST_SERIAL: Final = 2_958_465
_MILLISECONDS_FROM: Final = 1e11
_STAMP: Final = pa.timestamp("us")


@dataclass(frozen=True)
class Moments:
    """One column of times: `at` with the zone of the export, null where there is none; `bad`: could not be read.

    `day_only` marks those that were written as a day: they stand at its beginning.
    """

    at: pa.Array
    bad: np.ndarray
    day_only: np.ndarray

    @property
    def days(self) -> pa.Array:
        """The days of the export's own calendar."""
        return pc.local_timestamp(self.at).cast(pa.date32(), safe=False)


def read_moments(column: pa.Array, formats: tuple[str, ...], zone: str, *, typed: bool) -> Moments:
    """Times in trimmed text or of a type. What one format does not read, the next may; `typed` files write ISO too."""
    kind = pa.timestamp("us", zone)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        nowhere = np.zeros(len(column), dtype=bool)
        if pa.types.is_date(column.type) or not column.type.tz:
            stamps = column.cast(_STAMP, safe=False)
            at = _in_zone(_bounded(stamps), zone)
        else:
            at = _bounded(column.cast(pa.timestamp("us", "UTC"), safe=False)).cast(kind)
        bad = flags(pc.and_(pc.is_valid(column), pc.is_null(at)))
        return Moments(at, bad, nowhere | pa.types.is_date(column.type))
    text = western(column)
    at, day_only = pa.nulls(len(text), kind), np.zeros(len(text), dtype=bool)
    for one in (*formats, *(("iso",) if typed and "iso" not in formats else ())):
        open_ = flags(pc.and_(pc.is_valid(text), pc.is_null(at)))
        if not open_.any():
            break
        rest = text if open_.all() else pc.if_else(pa.array(open_), text, pa.scalar(None, pa.string()))
        found, days = _READERS.get(one, _by_pattern(one))(rest, zone)
        at = pc.coalesce(at, found)
        day_only |= days & flags(pc.is_valid(found))
    return Moments(at, flags(pc.and_(pc.is_valid(text), pc.is_null(at))), day_only)


def wall_time(moments: pa.Array) -> pa.Array:
    """What clocks in Karachi said then."""
    return pc.local_timestamp(moments.cast(pa.timestamp("us", ZONE)))


Read = Callable[[pa.Array, str], tuple[pa.Array, np.ndarray]]


def _in_zone(stamps: pa.Array, zone: str) -> pa.Array:
    """Wall time as moments; an hour that comes twice is the first, one that is left out begins after it."""
    return pc.assume_timezone(stamps, zone, ambiguous="earliest", nonexistent="latest")


def _bounded(stamps: pa.Array) -> pa.Array:
    """Null where a year is none that a time may have."""
    kind = stamps.type
    low, high = pa.scalar(_FIRST, _STAMP).cast(kind), pa.scalar(_LAST, _STAMP).cast(kind)
    fits = pc.and_(pc.greater_equal(stamps, low), pc.less_equal(stamps, high))
    return pc.if_else(fits, stamps, pa.scalar(None, kind))


def _iso(text: pa.Array, zone: str) -> tuple[pa.Array, np.ndarray]:
    nothing = pa.scalar(None, pa.string())
    plain = pc.if_else(pc.match_substring_regex(text, _ISO), text, nothing)
    at = _in_zone(_bounded(_cast(plain, _STAMP)), zone)
    with_offset = pc.match_substring_regex(text, _OFFSET)
    if flags(with_offset).any():
        moments = _cast(pc.if_else(with_offset, text, nothing), pa.timestamp("us", "UTC"))
        at = pc.coalesce(at, _bounded(moments).cast(at.type))
    return at, flags(pc.equal(pc.utf8_length(text), 10))


def _cast(text: pa.Array, kind: pa.DataType) -> pa.Array:
    """As Arrow reads ISO 8601; one by one where one of them is no time, such as 30 February."""
    short = pc.utf8_slice_codeunits(text, 0, 26) if kind.tz is None else text
    try:
        return short.cast(kind)
    except pa.ArrowInvalid:
        read = pd.to_datetime(short.to_pandas(), format="ISO8601", errors="coerce", utc=kind.tz is not None)
        return pa.array(read.dt.tz_localize(None) if kind.tz else read, _STAMP, from_pandas=True).cast(kind)


def _numbers(text: pa.Array) -> np.ndarray:
    """Floats, NaN where no plain number stands."""
    fitting = pc.if_else(pc.match_substring_regex(text, _NUMBER), text, pa.scalar(None, pa.string()))
    return np.asarray(fitting.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _stamps(start: np.datetime64, seconds: np.ndarray) -> pa.Array:
    known = np.isfinite(seconds)
    offsets = np.where(known, np.round(seconds), 0).astype("timedelta64[s]")
    return pa.array(start + offsets, _STAMP, mask=~known)


def _excel(text: pa.Array, zone: str) -> tuple[pa.Array, np.ndarray]:
    """Days since the end of 1899, as spreadsheets count them."""
    serial = _numbers(text)
    serial = np.where((serial >= 1) & (serial <= _LAST_SERIAL), serial, np.nan)
    at = _in_zone(_bounded(_stamps(_EXCEL_DAY_0, serial * 86_400)), zone)
    return at, np.floor(serial) == serial


def _epoch(text: pa.Array, zone: str) -> tuple[pa.Array, np.ndarray]:
    """Seconds since 1970, or milliseconds where there are too many of them."""
    number = _numbers(text)
    seconds = np.where(np.abs(number) >= _MILLISECONDS_FROM, number / 1000, number)
    stamps = _bounded(_stamps(np.datetime64(0, "us"), seconds))
    return stamps.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", zone)), np.zeros(len(text), dtype=bool)


def _by_pattern(pattern: str) -> Read:
    directives = set(re.findall(r"%(.)", pattern))

    def read(text: pa.Array, zone: str) -> tuple[pa.Array, np.ndarray]:
        day_only = np.full(len(text), not directives & set("HIMSpTRXcsf"))
        if "z" in directives:
            moments = pd.to_datetime(text.to_pandas(), format=pattern, errors="coerce", utc=True)
            stamps = pa.array(moments.dt.tz_localize(None), _STAMP, from_pandas=True).cast(pa.timestamp("us", "UTC"))
            return _bounded(stamps).cast(pa.timestamp("us", zone)), day_only
        if directives <= _PLAIN_DIRECTIVES:
            stamps = _without_overflow(text, pc.strptime(text, pattern, "us", error_is_null=True), pattern)
        else:
            stamps = _slowly(text, pattern)
        return _in_zone(_bounded(stamps), zone), day_only

    return read


def _slowly(text: pa.Array, pattern: str) -> pa.Array:
    return pa.array(pd.to_datetime(text.to_pandas(), format=pattern, errors="coerce"), _STAMP, from_pandas=True)


def _without_overflow(text: pa.Array, stamps: pa.Array, pattern: str) -> pa.Array:
    """Arrow takes 31 February for 2 March: early days of a month are read again where such a number was written."""
    early = pc.and_(pc.less_equal(pc.day(stamps), 3), pc.match_substring_regex(text, "29|30|31"))
    doubtful = flags(pc.or_(early, pc.match_substring_regex(text, ":6[01]")))
    if not doubtful.any():
        return stamps
    strict = _slowly(text.filter(pa.array(doubtful)), pattern)
    return pc.replace_with_mask(stamps, pa.array(doubtful), strict)


_READERS: Final[dict[str, Read]] = {"iso": _iso, "excel": _excel, "epoch": _epoch}
