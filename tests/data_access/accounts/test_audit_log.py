"""Parts of the audit log, by who, what, when and to what."""

from datetime import date, datetime

import pytest

from data_access.accounts import audit, audit_log
from data_access.accounts.audit import Entry, note, verify
from data_access.accounts.audit_log import LogFilter, before_of, log_filter, newest_first, oldest_first
from data_access.database import Database
from data_access.filters import FilterError

HAPPENED = (  # in UTC; in Karachi it is five hours later
    (datetime(2026, 3, 1, 18, 59, 59), Entry("sign-in", "pmo")),
    (datetime(2026, 3, 1, 19, 0, 0), Entry("sign-in-failed", None, "PMO")),
    (datetime(2026, 3, 2, 12, 0, 0), Entry("export", "viewer", "scorecard", {"query": "government=sindh", "rows": 8})),
    (datetime(2026, 3, 2, 18, 59, 59), Entry("export", "pmo", "100%_done")),
    (datetime(2026, 3, 3, 9, 0, 0), Entry("sign-out", "pmo")),
)


@pytest.fixture
def log(either: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Five entries of three days, on each engine."""
    for moment, entry in HAPPENED:
        monkeypatch.setattr(audit, "utc_now", lambda moment=moment: moment)
        note(either, entry)
    return either


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"account": "pmo"}, [1, 4, 5]),
        ({"account": "PMO"}, []),
        ({"action": "export"}, [3, 4]),
        ({"from": "2026-03-02"}, [2, 3, 4, 5]),
        ({"to": "2026-03-02"}, [1, 2, 3, 4]),
        ({"from": "2026-03-02", "to": "2026-03-02"}, [2, 3, 4]),
        ({"subject": "SCORE"}, [3]),
        ({"subject": "pm"}, [2]),
        ({"subject": "%_"}, [4]),
        ({"subject": "_"}, [4]),
        ({"account": "pmo", "action": "export", "from": "2026-03-01", "subject": "done"}, [4]),
        ({"account": " viewer ", "before": "4"}, [3]),
        ({"subject": "'; DROP TABLE audit_entry; --"}, []),
    ],
    ids=str,
)
def test_filters(log: Database, given: dict[str, str], numbers: list[int]) -> None:
    asked = log_filter(given)
    assert [entry.id for entry in oldest_first(log, asked)] == numbers
    assert [entry.id for entry in newest_first(log, asked, None, 100)] == numbers[::-1]
    assert verify(log).entries == 5


def test_an_entry_is_read_as_it_was_written(log: Database) -> None:
    entry = newest_first(log, LogFilter(action="export"), None, 100)[-1]
    assert (entry.id, entry.account, entry.subject) == (3, "viewer", "scorecard")
    assert entry.happened_at == datetime(2026, 3, 2, 12)
    assert entry.details() == {"query": "government=sindh", "rows": 8}


@pytest.mark.parametrize("detail", ["no json", "[1, 2]", "7", ""])
def test_what_somebody_put_in_the_place_of_details_is_shown(detail: str) -> None:
    entry = audit_log.LogEntry(1, HAPPENED[0][0], None, "sign-in", None, detail, "", "")
    assert entry.details() == {"detail": detail}


def test_pages_follow_each_other_by_number(log: Database) -> None:
    first = newest_first(log, LogFilter(), None, 2)
    note(log, Entry("sign-in", "pmo"))
    second = newest_first(log, LogFilter(), first[-1].id, 2)
    assert [entry.id for entry in first + second] == [5, 4, 3, 2]
    assert newest_first(log, LogFilter(), 1, 2) == []


def test_a_long_log_is_read_in_parts_up_to_where_it_began(log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "_AT_ONCE", 2)
    entries = oldest_first(log, LogFilter())
    numbers = [next(entries).id]
    note(log, Entry("sign-in", "pmo"))
    numbers += [entry.id for entry in entries]
    assert numbers == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("given", "parameter", "says"),
    [
        ({"action": "flown"}, "action", "action=flown is nothing that is noted; what is noted is sign-in, "),
        ({"colour": "red"}, "colour", "no filter 'colour' of the log; it has account, action, from, to, subject"),
        ({"from": "yesterday"}, "from", "from=yesterday is no day; write it as 2019-10-01"),
        ({"to": "9999-12-31"}, "to", "is no day"),
        ({"from": "0001-01-01"}, "from", "is no day"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to", "to=2026-03-01 lies before from=2026-03-02"),
        ({"subject": "a\0"}, "subject", "cannot be searched for"),
        ({"account": "\udce9"}, "account", "cannot be searched for"),
    ],
)
def test_what_cannot_be_asked_is_named(given: dict[str, str], parameter: str, says: str) -> None:
    with pytest.raises(FilterError, match=says) as problem:
        log_filter(given)
    assert problem.value.parameter == parameter


@pytest.mark.parametrize("text", ["-1", "x", "1.5", "٣", "9" * 19])
def test_a_page_begins_at_a_number(text: str) -> None:
    with pytest.raises(FilterError, match="is no number of an entry"):
        before_of({"before": text})


def test_a_filter_is_its_address_and_back() -> None:
    given = {"account": "pmo", "action": "export", "from": "2026-03-01", "to": "2026-03-02", "subject": "a & b"}
    asked = log_filter(given)
    assert (asked.first, asked.last) == (date(2026, 3, 1), date(2026, 3, 2))
    assert asked.query() == "account=pmo&action=export&from=2026-03-01&to=2026-03-02&subject=a+%26+b"
    assert LogFilter().query() == ""
    assert (before_of({}), before_of({"before": "17"})) == (None, 17)
