"""POST /api/v1/events: who may, what becomes of what is sent, and that nonsense is answered with a sentence."""

import json
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dashboard.web.bodies import LARGEST_EVENTS, TOO_MUCH_EVENTS
from dashboard.web.events import landing
from dashboard.web.guard import NO_EVENTS
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.accounts.tokens import Tokens, id_in
from data_access.database import Database
from data_access.intake.check import check
from data_access.intake.door import take_in
from data_access.tables.accounts import account
from data_access.tables.facts import event as event_log
from data_access.tables.system import dataset, import_batch
from tests.app.sending import API, Sender, closed, one, sender, token_for
from tests.app.serving import Caller, server_over
from tests.app.small import NEWEST, event

__all__ = ["sender"]
COUNTS = ("read", "accepted", "rejected", "waiting", "unchanged")
NOTHING: dict[str, Any] = {"invented": True, "events": []}


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told[name] for name in COUNTS)


def received(server: Flask) -> int:
    rows = Caller(server.test_client()).read("/api/v1/panels/totals")["rows"]
    return int(rows[0]["received"])


# What becomes of it


def test_a_complaint_comes_with_its_first_event(sender: Sender, own: Database) -> None:
    assert received(sender.server) == 35
    told = sender.sent(one())
    assert counts(told) == (2, 2, 0, 0, 0)
    assert (told["data_version"], told["rejects"]) == (2, [])
    assert received(sender.server) == 36
    assert all(finding.difference is None for finding in check(own))


def test_the_same_again_changes_nothing_and_says_so(sender: Sender, own: Database) -> None:
    first = sender.sent(one())
    again = sender.sent(one())
    assert counts(again) == (2, 0, 0, 0, 2)
    assert (again["batch"], again["data_version"]) == (None, first["data_version"])
    told = sender.sent({"invented": True, "events": [*one()["events"], closed(900), closed(900)]})
    assert counts(told) == (3, 1, 0, 0, 2)
    with own.snapshot() as connection:
        mine = select(func.count()).select_from(event_log).where(event_log.c.complaint_id == 900)
        assert connection.execute(mine).scalar_one() == 2
    assert all(finding.difference is None for finding in check(own))


def test_bad_rows_are_told_by_list_position_and_reason_and_the_good_ones_land(sender: Sender) -> None:
    body = one()
    body["events"] += [
        {"complaint": 1.5, "happened_at": "2019-09-30", "kind": "closed"},
        event(900, NEWEST, "closed", outcome="relief", office="nowhere"),
        event(900, NEWEST, "reopened"),
        {"complaint": 10**30, "happened_at": "2019-09-30", "kind": "reopened"},
        {"complaint": 900, "happened_at": "9999-01-01", "kind": "reopened"},
        {"complaint": 900, "happened_at": "2001-01-01", "kind": "reopened"},
        {"complaint": 900, "happened_at": "2019-09-30T10:00:00", "kind": "solved\ud800"},
        {},
    ]
    body["complaints"].append({"id": "901", "category": "no-such", "received_at": "2019-09-30"})
    told = sender.sent(body)
    assert counts(told) == (11, 3, 8, 0, 0)
    found = [(one["list"], one["position"], one["column"], one["value"]) for one in told["rejects"]]
    assert found == [
        ("complaints", 1, "category", "no-such"),
        ("events", 1, "complaint", "1.5"),
        ("events", 2, "office", "nowhere"),
        ("events", 4, "complaint", str(10**30)),
        ("events", 5, "happened_at", "9999-01-01 00:00:00.000000"),
        ("events", 6, "happened_at", "2001-01-01 00:00:00.000000"),
        ("events", 7, "kind", '"solved\\ud800"'),
        ("events", 8, "complaint", None),
    ]
    assert told["rejects"][2]["reason"] == "names no office that is known"


def test_an_event_of_a_complaint_that_is_not_there_waits_for_it(sender: Sender) -> None:
    body = one()
    assert counts(sender.sent({**NOTHING, "events": body["events"]})) == (1, 0, 0, 1, 0)
    assert received(sender.server) == 35
    assert counts(sender.sent({**NOTHING, "complaints": body["complaints"]})) == (1, 1, 0, 0, 0)
    assert received(sender.server) == 36


def test_a_citizen_comes_too(sender: Sender) -> None:
    body = one()
    body["citizens"] = [{"id": 5, "registered_on": "2019-01-01", "special_person": True}]
    body["complaints"][0]["citizen"] = 5
    assert counts(sender.sent(body)) == (3, 3, 0, 0, 0)


def test_nothing_is_a_batch_too(sender: Sender) -> None:
    assert sender.sent(NOTHING) == {
        "batch": None,
        "data_version": 1,
        **dict.fromkeys(COUNTS, 0),
        "restated_days": 0,
        "rejects": [],
    }


def test_ten_thousand_rows_at_once(sender: Sender) -> None:
    rows = [event(100, NEWEST, "feedback", satisfied="true") for _ in range(10_000)]
    assert counts(sender.sent({"invented": True, "events": rows})) == (10_000, 1, 0, 0, 9_999)
    reply = sender.send({"invented": True, "events": [{}] * 10_001})
    assert (reply.status_code, "10,000 are taken at once" in reply.get_json()["error"]) == (413, True)


# Asked again


def test_a_request_that_has_a_name_is_answered_as_it_was(sender: Sender, own: Database) -> None:
    first = sender.sent(one(), Idempotency_Key="a-1")
    assert sender.sent(one(), Idempotency_Key="a-1") == first
    assert counts(sender.sent(one(), Idempotency_Key="a-2")) == (2, 0, 0, 0, 2)
    reply = sender.send(one(901), Idempotency_Key="a-1")
    assert (reply.status_code, "came with other rows" in reply.get_json()["error"]) == (422, True)
    other = Sender(sender.server, token_for(own))
    assert counts(other.sent(one(901), Idempotency_Key="a-1")) == (2, 2, 0, 0, 0)  # of another token it is another
    for bad in ("", "a b", "x" * 201, "é"):
        assert sender.send(one(902), Idempotency_Key=bad).status_code == 400
    assert received(sender.server) == 37


def test_a_long_answer_is_not_remembered(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing, "_LONGEST", 10)
    body = {"invented": True, "events": [{"kind": "x"}]}
    assert sender.sent(body, Idempotency_Key="b")["batch"] != sender.sent(body, Idempotency_Key="b")["batch"]


def test_who_comes_while_enough_are_here_is_sent_away_for_a_moment(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One lands, one waits; more would take the threads that answer viewers."""
    inside, go_on = Event(), Event()

    def slow(*args: Any) -> Any:
        inside.set()
        assert go_on.wait(120)
        return take_in(*args)

    assert landing.AT_ONCE == 2
    monkeypatch.setattr(landing, "AT_ONCE", 1)
    monkeypatch.setattr(landing, "take_in", slow)
    sender = Sender(server_over(own), token_for(own))
    told: list[int] = []
    first = Thread(target=lambda: told.append(sender.send(one(900)).status_code))
    first.start()
    assert inside.wait(120)
    reply = sender.send(one(901))
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "1")
    assert reply.get_json()["error"] == "Other batches are landing just now; send this one again in a moment."
    go_on.set()
    first.join(120)
    assert told == [200]
    assert sender.send(one(901)).status_code == 200


# Who may


def test_a_token_that_nobody_let_may_not(own: Database, sender: Sender) -> None:
    plain = Sender(sender.server, token_for(own, may=False))
    reply = plain.send(one())
    assert (reply.status_code, reply.get_json()["error"]) == (403, NO_EVENTS)
    Tokens(own).let_send("pmo", id_in(sender.token) or "", "admin", may=False)
    assert sender.send(one()).status_code == 403
    assert received(sender.server) == 35


@pytest.mark.parametrize("name", ["pmo", "admin", "viewer", "cs-sindh"])
def test_neither_a_session_nor_a_password_will_do(sender: Sender, name: str) -> None:
    reply = sender.server.test_client().post(API, json=one(), auth=(name, "demo"))
    assert (reply.status_code, reply.get_json()["error"]) == (403, NO_EVENTS)
    browser = Caller(sender.server.test_client(), None)
    browser.sign_in(name)
    for headers in ({}, {"X-CSRFToken": browser.token()}):
        reply = browser.client.post(API, json=one(), headers=headers)
        assert (reply.status_code, reply.get_json()["error"]) == (403, NO_EVENTS)
    assert received(sender.server) == 35


def test_a_page_of_another_site_may_not_even_with_a_token(sender: Sender) -> None:
    assert sender.send(one(), Origin="https://evil.example", Sec_Fetch_Site="cross-site").status_code == 403
    assert Sender(sender.server, "jd_none").send(one()).status_code == 401
    assert sender.server.test_client().post(API, json=one()).status_code == 401


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": "display"}])
def test_what_becomes_of_the_account_counts_at_once(sender: Sender, own: Database, change: dict[str, object]) -> None:
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(change))
    assert sender.send(one()).status_code == 401


def test_a_pin_ends_it(sender: Sender, own: Database) -> None:
    with own.clerk() as connection:
        mine = update(account).where(account.c.username == "pmo")
        connection.execute(mine.values(role="viewer", pinned="government=sindh"))
    assert (sender.send(one()).status_code, sender.send(one()).get_json()["error"]) == (403, NO_EVENTS)


def test_it_is_read_by_nobody(sender: Sender) -> None:
    client = sender.server.test_client()
    for method in ("GET", "PUT", "DELETE"):
        reply = client.open(API, method=method, headers={"Authorization": f"Bearer {sender.token}"})
        assert reply.status_code in {404, 405}


# What real and invented rows are


def test_real_rows_never_join_the_sample_nor_invented_ones_real_data(sender: Sender, own: Database) -> None:
    reply = sender.send({**one(), "invented": False})
    assert (reply.status_code, reply.get_json()["parameter"]) == (409, "invented")
    assert "holds the sample" in reply.get_json()["error"]
    with own.writer() as connection:
        connection.execute(update(dataset).values(kind="real"))
    reply = sender.send(one())
    assert (reply.status_code, "holds real data" in reply.get_json()["error"]) == (409, True)
    body = one()
    del body["invented"]
    assert counts(sender.sent(body)) == (2, 2, 0, 0, 0)


# What is written down of it


def test_it_is_noted_who_sent_how_many_rows_and_nothing_that_stands_in_them(sender: Sender, own: Database) -> None:
    body = one()
    body["complaints"][0]["subject"] = "Mr Ali of House 7"
    body["events"].append({"complaint": "Mr Ali", "kind": "closed", "happened_at": "2019-09-30"})
    told = sender.sent(body)
    sender.sent(one(900) | {"complaints": []})  # unchanged: leaves no trace
    entries = list(oldest_first(own, LogFilter(action="import")))
    number = id_in(sender.token)
    assert [(entry.account, entry.subject) for entry in entries] == [("pmo", str(told["batch"]))]
    detail = {"source": "API", "token": number, "data_version": 2, **dict(zip(COUNTS, (3, 2, 1, 0, 0), strict=True))}
    assert entries[0].details() == detail
    assert not [entry for entry in oldest_first(own, LogFilter()) if "Ali" in str(entry)]
    with own.snapshot() as connection:
        sources = connection.execute(select(import_batch.c.source)).scalars().all()
    assert sources == ["test", f"API, token {number}"]


# Nonsense


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"NaN", b"[]", b"\xff\xfe", b'"x"', b"[" * 200_000, b'{"events":' * 200_000, b"9" * 100_000),
        *(b'{"events": [{"complaint": NaN}]}', b'{"events": [], "events": []}', b'{"events": [1]}', b'{"x": 1}'),
        json.dumps({"events": [{"complaint": [[[[{}]]]]} for _ in range(10_001)]}).encode(),
    ],
    ids=lambda content: repr(content[:30]),
)
def test_what_is_no_batch_is_told_so(sender: Sender, content: bytes) -> None:
    reply = sender.send(content)
    assert reply.status_code in {400, 413}
    assert set(reply.get_json()) == {"error", "parameter"}
    assert reply.get_json()["error"].endswith(".")


def test_deep_values_in_rows_are_told(sender: Sender) -> None:
    for depth in (100, 400, 900, 980, 990, 1000):
        deep = b"[" * depth + b"]" * depth
        content = b'{"invented": true, "events": [{"complaint": 1, "office": ' + deep + b"}]}"
        reply = sender.send(content)
        assert reply.status_code in {200, 400}, depth
    huge = b'{"invented": true, "events": [{"complaint": ' + b"9" * 4000 + b', "kind": "' + b"x" * 2_000_000 + b'"}]}'
    told = sender.send(huge).get_json()
    assert told["rejected"] == 1
    assert len(told["rejects"][0]["value"]) <= 200


def test_other_than_json_is_refused(sender: Sender) -> None:
    content = json.dumps(one()).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        reply = sender.send(content, Content_Type=kind)
        assert (reply.status_code, reply.get_json()["parameter"]) == (415, "Content-Type"), kind
    assert sender.send(one(), Content_Encoding="gzip").status_code == 415
    assert received(sender.server) == 35


def test_a_body_may_be_larger_than_elsewhere_and_has_a_limit(sender: Sender) -> None:
    body = {"invented": True, "events": []}
    assert sender.send(json.dumps(body).encode().ljust(LARGEST_EVENTS)).status_code == 200
    reply = sender.send(b" " * (LARGEST_EVENTS + 1))
    assert (reply.status_code, reply.get_json()) == (413, {"error": TOO_MUCH_EVENTS})


def test_a_database_that_is_gone_is_said_to_be(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret 900")

    monkeypatch.setattr(landing, "take_in", fail)
    reply = sender.send(one())
    assert (reply.status_code, set(reply.get_json())) == (500, {"error", "reference"})
    assert "secret" not in reply.text
    monkeypatch.undo()
    assert sender.send(one()).status_code == 200  # its place is free again
