"""Clocks that run fast when people are busy: they turn a smooth process into one with weekdays, holidays and hours.

A clock maps seconds since midnight of LAUNCH to its own time, whose unit is an average day, and back. Delays are drawn
in a clock's time, so that what was due on a Sunday happens on Monday morning and nothing piles up anywhere.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np

from data_access.intake.sample.numbers import Floats, Ints
from data_access.intake.sample.published import DAYS, LAUNCH, day_number

DAY: Final = 86_400
HORIZON: Final = DAYS + 120
"""Clocks run on after the newest day: what happens then has not happened yet."""

HOLIDAYS: Final = (
    date(2018, 11, 9), date(2018, 11, 21), date(2018, 12, 25), date(2019, 2, 5), date(2019, 3, 23), date(2019, 5, 1),
    date(2019, 6, 4), date(2019, 6, 5), date(2019, 6, 6), date(2019, 6, 7), date(2019, 8, 12), date(2019, 8, 13),
    date(2019, 8, 14), date(2019, 8, 15), date(2019, 9, 9), date(2019, 9, 10),
)  # fmt: skip
RAMADAN: Final = (date(2019, 5, 7), date(2019, 6, 3))

# By weekday, Monday first.
FILING_WEEK: Final = (1.14, 1.10, 1.08, 1.05, 0.93, 0.92, 0.78)
WORKING_WEEK: Final = (1.15, 1.10, 1.08, 1.05, 0.80, 0.42, 0.12)

# (hour, share of the day's activity until then)
FILING_HOURS: Final = ((0, 0.0), (7, 0.05), (9, 0.14), (13, 0.42), (17, 0.67), (22, 0.95), (24, 1.0))
WORKING_HOURS: Final = ((0, 0.0), (8, 0.01), (9, 0.05), (13, 0.52), (14, 0.58), (17, 0.92), (20, 0.985), (24, 1.0))


def activity(week: tuple[float, ...], on_holidays: float, in_ramadan: float) -> Floats:
    """How busy each day until HORIZON is, averaging 1."""
    first = LAUNCH.weekday()
    levels = np.array([week[(first + number) % 7] for number in range(HORIZON)])
    for holiday in HOLIDAYS:
        levels[day_number(holiday)] = min(week) * on_holidays
    levels[day_number(RAMADAN[0]) : day_number(RAMADAN[1] + timedelta(days=1))] *= in_ramadan
    return np.asarray(levels * (HORIZON / levels.sum()))


class Clock:
    """A clock whose speed follows the activity of days and of hours within a day."""

    def __init__(self, days: Floats, hours: tuple[tuple[float, float], ...]) -> None:
        starts = np.concatenate([[0.0], np.cumsum(days)])
        points = [(hour, share) for hour, share in hours if hour < 24]
        self.seconds = np.append(
            (np.arange(len(days))[:, None] * 24.0 + [hour for hour, _ in points]).ravel() * 3600.0,
            len(days) * float(DAY),
        )
        self.own = np.append((starts[:-1, None] + days[:, None] * [share for _, share in points]).ravel(), starts[-1])

    def read(self, seconds: Floats | Ints) -> Floats:
        """The clock's own time at these seconds since LAUNCH."""
        return np.asarray(np.interp(seconds, self.seconds, self.own))

    def when(self, own: Floats) -> Floats:
        """Seconds since LAUNCH at which the clock shows these times."""
        return np.asarray(np.interp(own, self.own, self.seconds))


def offices_clock() -> Clock:
    """Runs while offices work."""
    return Clock(activity(WORKING_WEEK, 0.8, 0.85), WORKING_HOURS)


def citizens_clock() -> Clock:
    """Runs while citizens are awake and use the portal."""
    return Clock(filing_activity(), FILING_HOURS)


def filing_activity() -> Floats:
    """How much is filed on each day, apart from growth."""
    return activity(FILING_WEEK, 0.8, 0.92)
