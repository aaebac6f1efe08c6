"""Conduct over HTTP: who sees what, a citizen's flags by form and by call, each noted, and weights as settings."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import Caller, browser, server_over

OPEN, WEIGHTS, API = "/conduct/open", "/admin/conduct", "/api/v1/panels"


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def noted(database: Database) -> list[tuple[str, str, str]]:
    """What was done, by the audit log, sign-ins aside: account, action, subject."""
    with database.snapshot() as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [(row.account, row.action, row.subject) for row in rows if row.action != "sign-in"]


def of(caller: Caller, panel: str) -> dict[str, Any]:
    """A panel's rows by slug."""
    rows = caller.get(f"{API}/{panel}").get_json()["rows"]
    return {row["slug"]: row for row in rows}


@pytest.mark.parametrize("account", ["pmo", "presenter", "viewer", "admin", "cs-sindh"])
def test_whatever_the_account_never_a_few(server: Flask, account: str) -> None:
    caller = browser(server, account)
    homes = of(caller, "responsibility")
    assert homes["overseas"] | {"below_100": 12, "band_0": 0, "told": "everything"} == homes["overseas"]
    for panel in ("responsibility", "responsibility-course", "false-flags"):
        rows = caller.get(f"{API}/{panel}").get_json()["rows"]
        counts = ("below_100", "band_90", "band_0", "flags", "reviewed", "false_flags", "not_upheld", "with_relief")
        few = [(row["slug"], name) for row in rows for name in counts if 0 < (row.get(name) or 0) < 10]
        assert rows
        assert not few
    assert caller.get("/conduct").status_code == 200


def test_a_province_is_not_shown_the_flags_of_another(server: Flask) -> None:
    own = browser(server, "cs-sindh")
    assert set(of(own, "false-flags")) == {"sindh", "rest"}
    assert own.get(f"{API}/false-flags?government=federal").status_code == 403
    assert of(browser(server, "pmo"), "false-flags")["federal"]["flags"] == 13


def test_the_prime_ministers_office_opens_a_citizens_flags_and_it_is_noted(own: Database, server: Flask) -> None:
    pmo = browser(server, "pmo")
    assert "/conduct/open" in pmo.get("/account").text
    assert pmo.fill(OPEN, {"citizen": " 100 ", "complaint": ""}).headers["Location"] == "/conduct/citizen?id=100"
    answer = pmo.get(f"{API}/citizen-flags?id=100").get_json()
    assert answer["headline"] == "The index is 93: 1 of 1 flags count."
    assert [(row["kind"], row["counts"], row["office"]) for row in answer["rows"]] == [
        ("abusive language", True, "Works office")
    ]
    assert noted(own) == [("pmo", "citizen-viewed", "100")]
    assert pmo.get(f"{API}/citizen-flags?id=999").status_code == 400
    assert "no citizen 999" in pmo.get(f"{API}/citizen-flags?id=999").get_json()["error"]


@pytest.mark.parametrize("account", ["presenter", "viewer", "admin", "cs-sindh"])
def test_nobody_else_does(own: Database, server: Flask, account: str) -> None:
    caller = browser(server, account)
    assert caller.get(f"{API}/citizen-flags?id=100").status_code == 403
    assert caller.get(f"{API}/citizen-flags?id=999").status_code == 403  # whether there is one is not told either
    assert caller.get(OPEN).status_code == 403
    assert caller.fill(OPEN, {"citizen": "100", "complaint": ""}).status_code == 403
    assert "citizen-viewed" not in {action for _, action, _ in noted(own)}
    assert OPEN not in caller.get("/account").text


@pytest.mark.parametrize(
    ("citizen", "complaint", "sentence"),
    [
        ("", "", "Give one number"),
        ("100", "100", "Give one number"),
        ("<b>", "", "&lt;b&gt; is no number"),
        ("9" * 20, "", "is no number"),
        ("-1", "", "is no number"),
        ("999", "", "There is no citizen 999"),
        ("", "99999", "There is no complaint 99999"),
        ("", "100", "nothing is known of who made it"),
    ],
)
def test_bad_numbers_are_told_and_kept(server: Flask, citizen: str, complaint: str, sentence: str) -> None:
    reply = browser(server, "pmo").fill(OPEN, {"citizen": citizen, "complaint": complaint})
    assert reply.status_code == 400
    assert sentence in reply.text
    for typed in filter(None, (citizen, complaint)):
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in reply.text


def test_weights_are_set_by_administrators_and_printed(own: Database, server: Flask) -> None:
    admin = browser(server, "admin")
    assert of(admin, "responsibility")["overseas"]["mean_below"] > 90  # and it is remembered
    assert admin.fill(WEIGHTS, {"name": "abusive-language", "number": "80"}).status_code == 303
    assert {row["slug"]: row["weight"] for row in of(admin, "conduct-weights").values()}["abusive-language"] == 80
    homes = of(admin, "responsibility")
    assert homes["overseas"]["mean_below"] < 50
    wrong = admin.fill(WEIGHTS, {"name": "half-life", "number": "<0>"})
    assert wrong.status_code == 400
    assert "&lt;0&gt; is no weight or half-life; write a whole number from 1 to 3650." in wrong.text
    assert noted(own) == [("admin", "settings", "conduct")]
    assert browser(server, "pmo").get(WEIGHTS).status_code == 403
