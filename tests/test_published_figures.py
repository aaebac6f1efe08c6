"""The whole sample through the door into a real database gives the published figures, to the last complaint."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types of its own
from pptx import Presentation
from pypdf import PdfReader

from dashboard.files.hands import HANDS
from data_access.database import Database, open_database
from data_access.filters import parse_query
from data_access.intake.sample.make import make_sample
from data_access.questions.ageing import COUNTED, ageing, by_age
from data_access.questions.ageing_trend import ageing_trend
from data_access.questions.citizens import citizens, registrations
from data_access.questions.counts import in_flow
from data_access.questions.course import course
from data_access.questions.current_level import current_level
from data_access.questions.grids import Wanted
from data_access.questions.ledger_counts import ledger_sums
from data_access.questions.scorecard import scorecard
from data_access.questions.signals import signals
from data_access.questions.totals import totals
from data_access.questions.trend import trend
from data_access.reader import reader
from data_access.scope import Scope
from data_access.selection import view_of
from tests.adding_up import at, broken, holding
from tests.dashboard.files.reports import made as made_report

ROOT = Path(__file__).parent.parent
PUBLISHED = {
    "federal": (553_125, 509_153),
    "punjab": (445_786, 392_292),
    "khyber-pakhtunkhwa": (116_050, 100_635),
    "sindh": (95_894, 38_268),
    "islamabad": (11_137, 9_909),
    "balochistan": (7_782, 6_166),
}
REGISTERED = (568_000, 284_000, 137_000, 35_000, 12_000, 7_000, 1_000, 103_000, 4_000, 22_000)
INVENTED = ("azad-jammu-kashmir", "gilgit-baltistan")


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of ours on the database at this address."""
    return subprocess.run(
        [sys.executable, "-m", "data_access", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the whole sample, made by the command that makes it for users."""
    found = f"duckdb:///{tmp_path_factory.mktemp('sample') / 'sample.duckdb'}"
    made = run(found, "sample")
    assert made.returncode == 0, made.stderr
    return found


@pytest.fixture(scope="module")
def database(url: str) -> Iterator[Database]:
    """The whole sample."""
    found = open_database(url)
    yield found
    found.close()


def ask(database: Database, question: object, query: str = "") -> pd.DataFrame:
    """A question under the filters of a query string."""
    with reader(database, Scope("test", "pmo")).snapshot() as snapshot:
        return question(snapshot, view_of(snapshot, parse_query(query)))  # type: ignore[operator]


def test_registered_citizens_are_those_of_the_report(database: Database) -> None:
    found = ask(database, citizens, "as_of=2019-10-01")
    assert tuple(found["registered"]) == REGISTERED
    assert found["complaints"].sum() == 1_235_000
    weeks = ask(database, registrations, "as_of=2019-10-01")
    assert (weeks["new"].sum(), weeks["registered"].iloc[-1]) == (1_173_000, 1_173_000)


@pytest.mark.parametrize(
    ("day", "each"),
    [
        ("2019-10-01", 25),
        *(
            pytest.param(day, 1, marks=[pytest.mark.long, pytest.mark.timeout(3000)])
            for day in ("2019-10-01", "2019-04-13")
        ),
    ],
)
def test_every_level_equals_the_level_above(database: Database, day: str, each: int) -> None:
    """Over all governments, departments and categories, held and placed, to the complaint; at every change a part."""
    found: list[str] = []
    with reader(database, Scope("test", "pmo")).snapshot() as snapshot:
        for name, query in list(holding(snapshot))[::each]:
            if name not in {"offices", "districts"} or "department" not in query:
                found += broken(snapshot, name, at(query, f"as_of={day}"))
    assert found == []


def test_every_government_has_its_published_figures(database: Database) -> None:
    lines = ask(database, scorecard, "as_of=2019-10-01").set_index("slug")
    found = {slug: (int(lines.received[slug]), int(lines.resolved[slug])) for slug in PUBLISHED}
    assert found == PUBLISHED
    assert [lines.received[list(INVENTED)].sum(), lines.resolved[list(INVENTED)].sum()] == [5_226, 4_300]
    assert not lines.ranked[list(INVENTED)].any()
    assert lines["rank"][list(INVENTED)].isna().all()
    assert lines.note[list(INVENTED)].notna().all()
    assert lines["rank"]["federal"] == 1
    assert lines["rank"]["sindh"] == 6
    assert round(lines.resolution_rate["federal"], 4) == 0.9205
    assert lines.pending_over_90["sindh"] == 31_104


def test_the_old_backlog_is_what_was_published(database: Database) -> None:
    rows = ask(database, ageing, "as_of=2019-10-01").set_index("slug")
    assert (rows["over-90"].sum(), rows["over-90"]["sindh"]) == (37_029, 31_104)
    last = ask(database, ageing_trend, "as_of=2019-10-01&by=day").iloc[-1]
    assert last[["day", "pending", "over-90", "super_escalated"]].tolist() == [
        date(2019, 10, 1),
        rows["pending"].sum(),
        37_029,
        37_029,
    ]


LEVELS = (
    "",
    "view=placed",
    "by=districts",
    "by=departments",
    "by=categories",
    "category=municipal-services&by=categories",
    *(f"government={slug}" for slug in (*PUBLISHED, *INVENTED)),
    "government=sindh&by=departments",
    "government=punjab&view=placed",
    "division=karachi",
    "department=sindh-police&by=departments",
)
"""Whose rows the flow answers."""


def words_of(content: bytes, kind: str) -> str:
    """All that a file says, with a space between any two things; numbers as people write them."""
    if kind == "html":
        return re.sub("<[^>]*>", " ", content.decode())
    if kind == "pptx":
        shapes = [shape for slide in Presentation(BytesIO(content)).slides for shape in slide.shapes]
        cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
        return " ".join([*cells, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)])
    if kind == "xlsx":
        values = [value for sheet in load_workbook(BytesIO(content)) for row in sheet.values for value in row]
        return " ".join(f"{value:,}" if isinstance(value, int) else str(value) for value in values)
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("kind", HANDS)
def test_the_cabinet_report_holds_every_published_figure(database: Database, kind: str) -> None:
    made = made_report(database, "cabinet-report", "as_of=2019-10-01")
    words = words_of(HANDS[kind].write(made), kind).split()
    lines = [figure for line in PUBLISHED.values() for figure in (*line, line[0] - line[1])]
    whole = (1_235_000, 1_060_723, 174_277, 37_029, 31_104, 1_173_000)
    assert [figure for figure in (*lines, *whole, *REGISTERED) if f"{figure:,}" not in words] == []


@pytest.mark.parametrize("cases", [3, pytest.param(30, marks=pytest.mark.long)])
def test_on_any_day_and_level_ages_are_those_of_the_ledger_scanned_in_full(database: Database, cases: int) -> None:
    chance = random.Random(cases)  # days to look at are no secret
    with reader(database, Scope("test", "pmo")).snapshot() as snapshot:
        for _ in range(cases):
            day = date(2018, 10, 28) + timedelta(days=chance.randrange(339))
            view = view_of(snapshot, at(chance.choice(LEVELS), f"as_of={day}"))
            level = current_level(snapshot.directory, view).level
            assert view.window is not None
            assert in_flow(view.selection, level.by)
            scanned = Wanted(level, COUNTED).grid(
                snapshot.columns(ledger_sums(view.selection, view.window, COUNTED, level.by))
            )
            expected = by_age(dict(zip(COUNTED, scanned.T, strict=True)))
            found = ageing(snapshot, view)
            for name, counts in expected.items():
                assert found[name].tolist() == counts.tolist(), f"{name} of {view.filters.query()}"


def test_promises_stand_beside_the_figures(database: Database) -> None:
    lines = ask(database, scorecard, "as_of=2019-10-01").set_index("slug")
    promised = lines.target[lines.target.notna()]
    assert promised.to_dict() == {
        "federal": 0.93,
        "islamabad": 0.9,
        "punjab": 0.9,
        "khyber-pakhtunkhwa": 0.9,
        "balochistan": 0.85,
        "sindh": 0.55,  # that of September, which replaced that of July
    }
    assert set(lines.target_metric[promised.index]) == {"resolution_rate"}
    assert not lines.target_met[promised.index].any()
    assert not lines.stale.any()
    july = ask(database, scorecard, "as_of=2019-08-01").set_index("slug")
    assert july.target.dropna().to_dict() == {"islamabad": 0.9, "sindh": 0.45}


def test_the_course_leads_to_the_published_figures(database: Database) -> None:
    weeks = ask(database, course, "as_of=2019-10-01")
    assert len(weeks) == 26
    last = weeks.iloc[-1]
    assert (last.received, last.pending_over_90) == (1_235_000, 37_029)
    assert (weeks.received.diff().dropna() > 0).all()


def test_the_nation_has_its_published_figures(database: Database) -> None:
    whole = ask(database, totals).iloc[0]
    assert (whole.received, whole.pending_over_90) == (1_235_000, 37_029)
    assert 0.30 <= whole.on_time_rate <= 0.55
    assert whole.response_rate == pytest.approx(0.45, abs=0.03)
    assert whole.satisfaction == pytest.approx(0.40, abs=0.03)
    april = ask(database, totals, "as_of=2019-04-13").iloc[0]
    assert (april.received, april.resolved) == (620_588, 464_562)
    assert ask(database, totals, "as_of=2018-12-30").iloc[0].received == 229_667


def test_lines_add_up_to_the_whole_on_any_day(database: Database) -> None:
    for day in ("2018-11-20", "2019-02-01", "2019-06-05", "2019-09-30"):
        lines, whole = (ask(database, question, f"as_of={day}") for question in (scorecard, totals))
        for count in ("received", "resolved", "pending", "pending_over_90", "overdue", "confirmed", "closings"):
            assert lines[count].sum() == whole[count].iloc[0], f"{count} on {day}"


@pytest.mark.long  # the sample is made once more, to know who they are
def test_offices_that_game_their_figures_are_among_the_first_of_their_signal(database: Database) -> None:
    gamed = make_sample().gamed
    for query in ("limit=1000", "as_of=2019-10-01&limit=1000"):
        with reader(database, Scope("test", "pmo")).snapshot() as snapshot:
            rows = signals(snapshot, view_of(snapshot, parse_query(query))).rows
        for slug, offices in gamed.items():
            first = rows[(rows["signal"] == slug) & (rows["rank"] <= 20)]
            assert set(offices) <= set(first["slug"]), slug
            assert first["slug"].tolist() == rows[rows["signal"] == slug].head(20)["slug"].tolist()


def test_sindh_fills_up_late_and_pending_grows_without_a_jump(database: Database) -> None:
    late = ask(database, totals, "government=sindh&from=2019-07-03&to=2019-10-01").iloc[0]
    assert 36_000 <= late.received <= 42_000
    weeks = ask(database, trend)
    whole = weeks[weeks.days == 7]
    settled = whole.tail(40)
    assert settled.pending.diff().abs().max() < 0.5 * settled.filed.median()
    assert (whole.closings < 1.5 * whole.closings.rolling(9, min_periods=1, center=True).median()).all()


@pytest.mark.long  # the whole ledger is built anew beside it
def test_the_database_is_small_and_holds(url: str, database: Database) -> None:
    database.close()
    assert Path(url.removeprefix("duckdb:///")).stat().st_size <= 500_000_000
    checked = run(url, "check")
    assert checked.returncode == 0, checked.stdout
    assert "All proofs hold." in checked.stdout
