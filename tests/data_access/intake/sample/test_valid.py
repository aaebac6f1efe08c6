"""Samples of any size are valid canonical rows, and the same again for the same seed."""

from datetime import timedelta

import pandas as pd
import pyarrow as pa
import pytest

from data_access.intake.canonical import KINDS as EVERY
from data_access.intake.canonical import ONLY_MADE
from data_access.intake.sample.make import make_sample
from data_access.intake.sample.places import places
from data_access.intake.sample.published import GOVERNMENTS
from data_access.intake.sample.shape import Sample
from data_access.tables import records as tables
from tests.data_access.intake.sample.counting import counted

SIZES = [(2_000, 1), (2_000, 2), (2_000, 3), (2_345, 4), (20_000, 5), (20_000, 6)]

KINDS = [kind for kind in EVERY if kind.name not in ONLY_MADE | {"case"}]
"""The sample brings events, and Pakistan's governments and districts are known."""


@pytest.fixture(scope="module", params=SIZES, ids=str)
def sample(request: pytest.FixtureRequest) -> Sample:
    return make_sample(*request.param)


def words(column: pa.ChunkedArray) -> set[str]:
    return set(column.unique().drop_null().to_pylist())


def test_every_kind_has_its_columns(sample: Sample) -> None:
    assert set(sample.rows) == {kind.name for kind in KINDS}
    types = {"id": pa.int64(), "day": pa.date32(), "time": pa.timestamp("us"), "flag": pa.bool_(), "whole": pa.int32()}
    for kind in KINDS:
        table = sample.rows[kind.name]
        assert table.column_names == [column.name for column in kind.columns]
        for column in kind.columns:
            found = table.schema.field(column.name).type
            assert found == types.get(column.type, found), (kind.name, column.name)
            assert not (column.required and table[column.name].null_count), (kind.name, column.name)


def test_every_reference_leads_somewhere(sample: Sample) -> None:
    slugs = {"government": set(GOVERNMENTS), "district": set(places().slugs)}
    for kind in KINDS:
        table = sample.rows[kind.name]
        for column in kind.columns:
            if column.refers and column.type == "slug":
                there = slugs.get(column.refers) or words(sample.rows[column.refers]["slug"])
                assert words(table[column.name]) <= there, (kind.name, column.name)
            if column.choices:
                assert words(table[column.name]) <= set(column.choices)
    assert words(sample.rows["event"]["complaint"]) == words(sample.rows["complaint"]["id"])


def test_keys_occur_once(sample: Sample) -> None:
    for kind in KINDS:
        frame = sample.rows[kind.name].select(list(kind.key)).to_pandas()
        assert not frame.duplicated().any(), kind.name


def test_events_are_in_strict_order_and_all_have_an_effect(sample: Sample) -> None:
    ledger = counted(sample)
    events = ledger.events
    same = events["complaint"].eq(events["complaint"].shift())
    assert (events["happened_at"].diff()[same] > pd.Timedelta(0)).all()
    assert (events.loc[~same, "kind"] == "received").all()
    assert (events["kind"] == "received").sum() == len(ledger.complaints)
    starts = events.loc[~same].set_index("complaint")["happened_at"]
    assert (starts == ledger.complaints.set_index("id")["received_at"]).all()
    assert events["happened_at"].max() <= pd.Timestamp("2019-10-01T23:59:59")
    was_open = events["open"].shift().where(same)
    for kind, needed in (("assigned", True), ("transferred", True), ("closed", True), ("reopened", False)):
        assert (was_open[same & (events["kind"] == kind)] == needed).all(), kind
    turns = events[events["kind"].isin(["closed", "feedback"])].groupby("complaint")["kind"]
    # An answer follows a closing, and no closing is answered twice.
    assert (turns.shift()[events["kind"] == "feedback"] == "closed").all()


def test_only_transfers_move_complaints(sample: Sample) -> None:
    events = counted(sample).events
    same = events["complaint"].eq(events["complaint"].shift())
    moved = same & (events["holder"] != events["holder"].shift())
    assert (moved == (events["kind"] == "transferred")).all()


def test_columns_of_events_fit_their_kind(sample: Sample) -> None:
    events = sample.rows["event"].to_pandas()
    kind = events["kind"].astype(str)
    assert (events["outcome"].notna() == (kind == "closed")).all()
    assert (events["satisfied"].notna() == (kind == "feedback")).all()
    assert events.loc[kind.isin(["received", "assigned", "transferred"]), "office"].notna().all()


def test_citizens_registered_before_they_complained(sample: Sample) -> None:
    citizens = sample.rows["citizen"].to_pandas().set_index("id")
    complaints = sample.rows["complaint"].to_pandas().dropna(subset=["citizen"])
    assert len(complaints) > 0.99 * sample.rows["complaint"].num_rows
    registered = pd.to_datetime(citizens["registered_on"]).reindex(complaints["citizen"]).to_numpy()
    assert (registered <= complaints["received_at"].to_numpy()).all()


def test_postings_have_no_gaps_and_officers_one_post_at_a_time(sample: Sample) -> None:
    postings = sample.rows["posting"].to_pandas()
    assert set(postings["office"]) == words(sample.rows["office"]["slug"])
    following = postings.sort_values(["office", "from_on"])
    same = following["office"].eq(following["office"].shift(-1))
    ends = following["to_on"] + timedelta(days=1)
    assert (ends[same] == following["from_on"].shift(-1)[same]).all()
    assert following.loc[~same, "to_on"].isna().all()
    assert (following["to_on"].dropna() >= following.loc[following["to_on"].notna(), "from_on"]).all()
    served = postings.dropna(subset=["officer"]).sort_values(["officer", "from_on"])
    again = served["officer"].eq(served["officer"].shift(-1))
    assert (served["to_on"][again] < served["from_on"].shift(-1)[again]).all()
    assert postings["officer"].isna().any()
    assert set(served["officer"]) == words(sample.rows["officer"]["slug"])


def test_sums_scale(sample: Sample) -> None:
    number = sample.rows["complaint"].num_rows
    league = counted(sample).league("2019-10-01")
    assert league["received"].sum() == number
    for column, published in (("resolved", 1_060_723), ("over_90", 37_029)):
        assert abs(league[column].sum() - number * published / 1_235_000) < 4, column
    assert abs(league.loc["sindh", "received"] - number * 95_894 / 1_235_000) < 3
    early = counted(sample).league("2019-04-13").sum()
    assert early["received"] == pytest.approx(number * 620_588 / 1_235_000, abs=1)
    assert early["resolved"] == pytest.approx(number * 464_562 / 1_235_000, abs=2)
    assert sample.rows["citizen"].num_rows == round(number * 1_173_000 / 1_235_000)


def test_records_fit_their_tables(sample: Sample) -> None:
    slugs = {name: words(sample.rows[name]["slug"]) for name in ("office", "category")}
    slugs |= {"government": set(GOVERNMENTS), "holder": set(GOVERNMENTS), "district": set(places().slugs)}
    for name, rows in sample.records.items():
        table = getattr(tables, name)
        needed = {column.name for column in table.c if not column.nullable} - {"id"}
        assert rows, name
        for row in rows:
            assert needed <= {f"{key}_id" if key in slugs else key for key in row} <= set(table.c.keys()), name
            assert all(row[key] is None or row[key] in slugs[key] for key in row if key in slugs), (name, row)


def test_gamed_offices_exist(sample: Sample) -> None:
    assert all(set(offices) <= words(sample.rows["office"]["slug"]) for offices in sample.gamed.values())
    assert set(sample.gamed) == {"bulk-closing-day", "last-day-before-limit", "relief-denied", "sent-in-circles"}


def test_the_same_seed_makes_the_same_sample() -> None:
    first, again, other = make_sample(2_000, 7), make_sample(2_000, 7), make_sample(2_000, 8)
    assert all(first.rows[name].equals(again.rows[name]) for name in first.rows)
    assert first.records == again.records
    assert not first.rows["event"].equals(other.rows["event"])


def test_initiatives_answer_categories_that_are_there_and_invented_campaigns_say_so(sample: Sample) -> None:
    initiatives = {row["id"]: row for row in sample.records["initiative"]}
    answered = sample.records["initiative_category"]
    assert {pair["category"] for pair in answered} <= words(sample.rows["category"]["slug"])
    assert {initiatives[pair["initiative_id"]]["kind"] for pair in answered} == {"policy"}
    assert len(answered) > len({pair["initiative_id"] for pair in answered}) == 4
    campaigns = [row for row in initiatives.values() if row["kind"] == "campaign"]
    assert [row["source"] for row in campaigns] == ["Invented for the sample"] * 2
