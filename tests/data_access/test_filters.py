"""What an address may ask."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.filters import (
    A_DAY,
    PARAMETERS,
    FilterError,
    Filters,
    check_by,
    check_taken,
    parse,
    parse_query,
    takes_by,
)

slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100).map(str.strip).filter(
    bool
) | st.sampled_from(["پانی", "میرا\u200cشہر", "50%", "a_b", "x&y=z", "+", "#", "رقم ۱۲"])


@st.composite
def any_filters(draw: st.DrawFn) -> Filters:
    """Any filters that an address may carry."""
    start, end = sorted(draw(st.tuples(days, days)))
    return Filters(
        as_of=draw(st.none() | days),
        from_on=draw(st.none() | st.just(start)),
        to_on=draw(st.none() | st.just(end)),
        **{
            name: draw(st.none() | slugs)
            for name in ("government", "division", "district", "department", "office", "category")
        },
        channel=draw(st.sampled_from([None, "app", "web", "helpline", "letter", "walk-in"])),
        residency=draw(st.sampled_from([None, "inland", "overseas", "foreigner", "unknown"])),
        gender=draw(st.sampled_from([None, "female", "male", "other", "unknown"])),
        view=draw(st.sampled_from([None, "held", "placed"])),
        metric=draw(st.sampled_from([None, "resolution-rate", "per-100k"])),
        compare=draw(st.none() | days),
        by=draw(st.sampled_from([None, "districts"]) | days),
        status=draw(st.sampled_from([None, "received", "pending", "on-time"])),
        age=draw(st.sampled_from([None, "0-10", "over-90"])),
        outcome=draw(st.sampled_from([None, "relief", "dropped"])),
        state=draw(st.sampled_from([None, "proposed"])),
        officer=draw(st.none() | st.integers(1, 2**31 - 1)),
        complaint=draw(st.none() | st.integers(1, 2**63 - 1)),
        columns=draw(st.sampled_from([None, "pending", "name,pending,days_held"])),
        sort=draw(st.none() | st.from_regex(r"-?[a-z][a-z0-9_]{0,9}", fullmatch=True)),
        search=draw(st.none() | words),
        limit=draw(st.none() | st.integers(1, 100_000)),
        cursor=draw(st.none() | st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)),
        lang=draw(st.sampled_from([None, "en"])),
    )


@given(any_filters(), st.booleans())
def test_an_address_reads_back_as_what_it_was_made_from(filters: Filters, marked: bool) -> None:
    query = filters.query()
    assert parse_query(f"?{query}" if marked else query) == filters
    names = [name for name, _ in parse_qsl(query)]
    assert names == [name for name in PARAMETERS if name in names]


@given(any_filters(), st.randoms(use_true_random=False))
def test_any_order_is_the_same_view(filters: Filters, random: object) -> None:
    pairs = list(filters.given().items())
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert parse(pairs).query() == filters.query()


def test_the_canonical_order_is_this() -> None:
    """Addresses are kept in briefings and bookmarks: the order may not change by accident."""
    order = (
        *("as_of", "from", "to", "government", "division", "district", "department", "office", "officer"),
        *("category", "channel", "residency", "gender", "view", "metric", "compare", "by", "status", "age"),
        *("outcome", "state", "id", "columns", "sort", "search", "limit", "cursor", "lang"),
    )
    assert order == PARAMETERS
    assert parse_query("gender=female&to=2019-02-01&from=2019-01-01&as_of=2019-10-01").query() == (
        "as_of=2019-10-01&from=2019-01-01&to=2019-02-01&gender=female"
    )


@pytest.mark.parametrize("search", ["", "?", "government=", "?as_of=&gender=%20", "to=%20%20"])
def test_empty_values_are_not_there(search: str) -> None:
    assert parse_query(search) == Filters()
    assert parse_query(search).query() == ""


def test_space_around_a_value_is_forgiven() -> None:
    assert parse_query("government=%20sindh%20").government == "sindh"


BAD = [
    ("as_of", "2019-13-01", "is not a day; write it as as_of=2019-10-01"),
    ("as_of", "2019-02-29", "is not a day"),
    ("as_of", "20191001", "is not a day"),
    ("as_of", "2019-W40-2", "is not a day"),
    ("as_of", "٢٠١٩-١٠-٠١", "is not a day"),
    ("from", "yesterday", "write it as from=2019-10-01"),
    ("to", "2019-10-01T00:00", "is not a day"),
    ("compare", "0000-01-01", "is not a day"),
    ("government", "Sindh", "small letters"),
    ("government", "sindh--x", "small letters"),
    ("division", "-lahore", "small letters"),
    ("district", "karachi south", "small letters"),
    ("department", "a/b", "small letters"),
    ("office", "دفتر", "small letters"),
    ("officer", "x-y", "is not a whole number from 1 to 2147483647"),
    ("category", "roads;drop", "small letters"),
    ("channel", "fax", "choose one of app, web, helpline, letter, walk-in"),
    ("residency", "abroad", "choose one of inland, overseas, foreigner, unknown"),
    ("gender", "Female", "choose one of female, male, other, unknown"),
    ("view", "both", "choose one of held, placed"),
    ("status", "open", "choose one of received, filed, resolved, pending, overdue, judged, on-time, late, confirmed"),
    ("age", "90", "choose one of 0-10, 11-20, 21-40, 41-60, 61-90, over-90"),
    ("outcome", "transferred", "choose one of relief, partial, refused, dropped, unstated"),
    ("state", "declined", "choose one of proposed"),
    ("id", "0", "is not a whole number from 1 to 9223372036854775807"),
    ("id", "12a", "is not a whole number"),
    ("id", "9223372036854775808", "is not a whole number"),
    ("id", "٣", "is not a whole number"),
    ("columns", "a;b", "are no columns; write their names with commas between: columns=pending,overdue"),
    ("columns", "a,,b", "are no columns"),
    ("columns", "a" * 1001, "are no columns"),
    ("sort", "--age", "is not a column; write sort=received_on, or sort=-received_on for the last first"),
    ("sort", "age desc", "is not a column"),
    ("search", "x" * 101, "is too long; search for at most 100 letters"),
    ("limit", "0", "is not a whole number from 1 to 100000"),
    ("limit", "100001", "is not a whole number from 1 to 100000"),
    ("limit", "-5", "is not a whole number"),
    ("cursor", "a b", "is no place in a list; take the one that an answer gave as next, or leave it out"),
    ("metric", "resolution_rate", "choose one of resolution-rate, confirmed-rate"),
    ("by", "division", "choose one of provinces, governments, districts, departments, offices, categories, week, day"),
    ("by", "2019-1-1", "is not a day; write it as by=2019-10-01"),
    ("lang", "xx", "choose one of en"),
]


@pytest.mark.parametrize(("name", "value", "words"), BAD)
def test_a_bad_value_is_named(name: str, value: str, words: str) -> None:
    with pytest.raises(FilterError) as problem:
        parse([(name, value)])
    assert (problem.value.parameter, problem.value.value) == (name, value)
    assert f"{name}={value}" in str(problem.value)
    assert words in str(problem.value)


@pytest.mark.parametrize("text", ["a\0b", "a\nb", "a\x1bb", "\ud800"])
def test_a_search_holds_letters_only(text: str) -> None:
    with pytest.raises(FilterError, match="holds characters that are no letters; leave them out") as problem:
        parse([("search", text)])
    assert problem.value.parameter == "search"


@pytest.mark.parametrize("text", ["پانی کی قلت", "میرا\u200cشہر", "100%", "a_b\\c", "it's", "🚰"])
def test_a_search_is_free_text(text: str) -> None:
    assert parse([("search", f" {text} ")]).search == text


def test_numbers_are_written_one_way() -> None:
    assert parse_query("limit=007&id=0012").query() == "id=12&limit=7"


def test_a_view_keeps_only_what_is_taken() -> None:
    filters = parse_query("as_of=2019-01-01&from=2018-12-01&government=sindh&id=5&sort=-age&search=water")
    assert filters.only(["from", "government", "lang"]).query() == "from=2018-12-01&government=sindh"
    assert filters.only(PARAMETERS) == filters


def test_every_parameter_refuses_something() -> None:
    assert {name for name, _, _ in BAD} == set(PARAMETERS)


@pytest.mark.parametrize("name", ["colour", "from_on", "AS_OF", "", "as_of "])
def test_an_unknown_parameter_is_named_with_those_that_are_known(name: str) -> None:
    with pytest.raises(FilterError, match="There is no parameter") as problem:
        parse([(name, "x")])
    assert (problem.value.parameter, problem.value.value) == (name, "x")
    assert repr(name) in str(problem.value)
    assert "as_of, from, to, government" in str(problem.value)


@pytest.mark.parametrize("second", ["sindh", "punjab"])
def test_a_parameter_stands_once(second: str) -> None:
    with pytest.raises(FilterError, match="government is given twice; keep one of them") as problem:
        parse_query(f"government=sindh&government={second}")
    assert problem.value.parameter == "government"


def test_a_period_ends_after_it_begins() -> None:
    assert parse_query("from=2019-01-02&to=2019-01-02").to_on == date(2019, 1, 2)
    with pytest.raises(FilterError, match=r"ends \(to=2019-01-01\) before it begins \(from=2019-01-02\)") as problem:
        parse_query("from=2019-01-02&to=2019-01-01")
    assert (problem.value.parameter, problem.value.value) == ("to", "2019-01-01")


def test_what_a_panel_does_not_take_is_named() -> None:
    filters = parse_query("as_of=2019-01-01&office=x")
    check_taken(filters, ["office", "as_of", "gender"], "trend")
    with pytest.raises(FilterError) as problem:
        check_taken(filters, ["gender", "as_of"], "trend")
    assert str(problem.value) == "trend does not take office; it takes as_of, gender."
    assert (problem.value.parameter, problem.value.value) == ("office", "x")


def test_a_view_changed_is_another_view() -> None:
    first = parse_query("government=sindh&gender=male")
    assert first.but(government="punjab", gender=None).query() == "government=punjab"
    assert first.query() == "government=sindh&gender=male"


@pytest.mark.parametrize(
    ("query", "values", "takes"),
    [
        ("by=districts", ("provinces", "districts"), True),
        ("by=districts", (A_DAY,), False),
        ("by=2019-10-31", (A_DAY,), True),
        ("by=2019-10-31", ("provinces", "districts"), False),
        ("", (), True),
    ],
)
def test_by_is_a_day_for_those_who_look_ahead_and_a_word_for_others(
    query: str, values: tuple[str, ...], takes: bool
) -> None:
    filters = parse_query(query)
    assert takes_by(filters, values) is takes
    if takes:
        check_by(filters, values, "worklist")
    else:
        with pytest.raises(FilterError, match=f"worklist does not take {query}; it takes ") as problem:
            check_by(filters, values, "worklist")
        assert problem.value.parameter == "by"
