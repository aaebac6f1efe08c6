"""The sample at its default size meets every published figure, counted from its events by a replay of its own."""

import numpy as np
import pandas as pd
import pytest

from data_access.intake.sample.make import make_sample
from data_access.intake.sample.shape import LABEL, Sample
from tests.data_access.intake.sample.counting import Counted, counted, due_on

NEWEST = "2019-10-01"
TABLE = {
    "federal": (553_125, 509_153),
    "punjab": (445_786, 392_292),
    "khyber-pakhtunkhwa": (116_050, 100_635),
    "sindh": (95_894, 38_268),
    "islamabad": (11_137, 9_909),
    "balochistan": (7_782, 6_166),
}
VOLUMES = {
    "municipal-services": 256_000,
    "energy-and-power": 210_000,
    "education": 124_000,
    "health": 71_000,
    "law-and-order": 70_000,
    "land-and-revenue": 47_500,
}
CITIZENS = {
    "punjab": 568_000,
    "khyber-pakhtunkhwa": 284_000,
    "sindh": 137_000,
    "islamabad": 35_000,
    "balochistan": 12_000,
    "azad-jammu-kashmir": 7_000,
    "gilgit-baltistan": 1_000,
}


@pytest.fixture(scope="module")
def sample() -> Sample:
    return make_sample()


@pytest.fixture(scope="module")
def ledger(sample: Sample) -> Counted:
    return counted(sample)


@pytest.fixture(scope="module")
def league(ledger: Counted) -> pd.DataFrame:
    return ledger.league(NEWEST)


def test_each_government_has_what_was_published(league: pd.DataFrame) -> None:
    found = {name: (int(row.received), int(row.resolved)) for name, row in league.loc[list(TABLE)].iterrows()}
    assert found == TABLE
    rest = league.drop(index=list(TABLE))
    assert set(rest.index) == {"azad-jammu-kashmir", "gilgit-baltistan"}
    assert (rest["received"].sum(), rest["resolved"].sum()) == (5_226, 4_300)


def test_the_old_backlog_is_what_was_published(league: pd.DataFrame) -> None:
    assert league["received"].sum() == 1_235_000
    assert league["over_90"].sum() == 37_029
    assert league.loc["sindh", "over_90"] == 31_104


def test_earlier_announcements_hold(ledger: Counted) -> None:
    assert ledger.league("2018-12-30")["received"].sum() == 229_667
    april = ledger.league("2019-04-13").sum()
    assert (april["received"], april["resolved"]) == (620_588, 464_562)


def test_the_days_are_those_of_the_portal(ledger: Counted) -> None:
    days = ledger.events["happened_at"].dt.normalize()
    assert (days.min(), days.max()) == (pd.Timestamp("2018-10-28"), pd.Timestamp(NEWEST))
    newest = ledger.events.loc[days == NEWEST, "government"]
    assert newest.nunique() == len(ledger.governments)


def test_sindh_receives_late(ledger: Counted) -> None:
    last = ledger.standing(NEWEST)
    mine = last[last["government"] == ledger.governments.index("sindh")]
    assert 36_000 <= (mine["age"] < 91).sum() <= 42_000


def test_main_categories_have_their_volumes(sample: Sample) -> None:
    parents = sample.rows["category"].to_pandas().set_index("slug")["parent"]
    main = sample.rows["complaint"]["category"].to_pandas().astype(str).map(parents)
    counts = main.value_counts()
    assert {name: int(counts[name]) for name in VOLUMES} == VOLUMES
    assert len(counts) >= len(VOLUMES) + 12


def test_citizens_are_as_many_as_were_registered(sample: Sample) -> None:
    citizens = sample.rows["citizen"].to_pandas()
    assert len(citizens) == 1_173_000
    homes = citizens["home"].value_counts()
    assert homes[homes > 0].to_dict() == CITIZENS
    abroad = citizens.loc[citizens["home"].isna(), "residency"].value_counts()
    assert abroad[abroad > 0].to_dict() == {"overseas": 103_000, "unknown": 22_000, "foreigner": 4_000}


def test_there_are_over_seven_thousand_offices(sample: Sample) -> None:
    assert sample.rows["office"].num_rows > 7_000
    assert sample.label == LABEL


def test_rates_are_plausible(sample: Sample, ledger: Counted) -> None:
    events = ledger.events
    number = events["kind"].value_counts()
    closings = events[events["kind"] == "closed"]
    answers = events[events["kind"] == "feedback"]
    assert 3.0 <= len(events) / 1_235_000 <= 3.6
    assert 0.43 <= number["feedback"] / number["closed"] <= 0.47
    assert 0.38 <= answers["satisfied"].astype(bool).mean() <= 0.42
    assert 0.04 <= number["reopened"] / number["closed"] <= 0.06
    assert 0.10 <= events.loc[events["kind"] == "transferred", "complaint"].nunique() / 1_235_000 <= 0.15
    assert 0.52 <= (closings["outcome"] == "relief").mean() <= 0.62
    on_time, late, overdue = on_time_counts(sample, ledger)
    assert 0.30 <= on_time / (on_time + late + overdue) <= 0.55


def on_time_counts(sample: Sample, ledger: Counted) -> tuple[int, int, int]:
    """Standing closings on time and late, and open complaints overdue."""
    due = due_on(sample)
    last = ledger.standing(NEWEST)
    closed = ledger.events[ledger.events["kind"] == "closed"].groupby("complaint")["happened_at"].last()
    closed_on = closed.reindex(last.index).dt.normalize().to_numpy()
    opened = last["open"].to_numpy()
    on_time = ~opened & (closed_on <= due)
    return int(on_time.sum()), int((~opened & ~on_time).sum()), int((opened & (due < np.datetime64(NEWEST))).sum())


def test_nothing_is_forced_on_the_calibrated_days(ledger: Counted) -> None:
    """Closings of each calibrated day are like those of the same weekday around it, and the backlog has no cliff."""
    events = ledger.events
    days = events["happened_at"].dt.normalize()
    for kind, tolerance in (("closed", 0.12), ("received", 0.12), ("reopened", 0.45)):
        daily = days[events["kind"] == kind].value_counts().sort_index()
        for day in ("2019-04-13", "2019-04-14", "2019-07-02", "2019-07-03", NEWEST):
            around = [pd.Timestamp(day) + pd.Timedelta(weeks=week) for week in (-2, -1, 1, 2)]
            usual = np.mean([daily[one] for one in around if one in daily.index])
            assert abs(daily[pd.Timestamp(day)] / usual - 1) < tolerance, (kind, day)


def test_gamed_offices_show(sample: Sample, ledger: Counted) -> None:
    """Each is among the first twenty offices by its signal, of those with at least thirty closings (or answers)."""
    for signal, scores in signals(sample, ledger).items():
        first = set(scores.sort_values(ascending=False).index[:20])
        assert set(sample.gamed[signal]) <= first, signal


def signals(sample: Sample, ledger: Counted) -> dict[str, pd.Series]:
    """By signal a score for each office that is large enough to have one."""
    events, slugs = ledger.events, np.array(sample.rows["office"]["slug"])
    office = slugs[events["holder"]]
    closed = (events["kind"] == "closed").to_numpy()
    closings = pd.DataFrame({"office": office[closed], "day": events["happened_at"].dt.normalize()[closed]})
    closings["due"] = due_on(sample)[events.loc[closed, "complaint"].to_numpy() - 1]
    count = closings.groupby("office").size()
    large = count[count >= 30].index
    bulk = closings.groupby(["office", "day"]).size().groupby("office").max() / count
    last_day = (closings["due"] == closings["day"]).groupby(closings["office"]).mean()
    said = events[events["kind"].isin(["closed", "feedback"])]
    relieved = said.groupby("complaint")["outcome"].shift().eq("relief") & (said["kind"] == "feedback")
    answers = said[relieved]
    satisfied = answers["satisfied"].astype(bool).groupby(office[answers.index]).agg(["mean", "size"])
    stays = events[events["kind"].isin(["received", "transferred"])]
    visits = stays.groupby([stays["complaint"], office[stays.index]]).size()
    again = (visits > 1).groupby(level=1).mean()
    return {
        "bulk-closing-day": bulk[large],
        "last-day-before-limit": last_day[large],
        "relief-denied": -satisfied.loc[satisfied["size"] >= 30, "mean"],
        "sent-in-circles": again.reindex(large).dropna(),
    }
