"""The register over HTTP: proposed and approved by form and by programs; who is refused, with which sentence."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from dashboard.web.forms import STALE
from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import Tokens, Wish
from data_access.database import Database
from data_access.tables.accounts import account, audit_entry
from data_access.tables.records import accountability_action
from tests.app.serving import Caller, browser, server_over

PAGE, API = "/officers/actions", "/api/v1/actions"
SINDH = {
    "government": "sindh",
    "office": "sindh-office",
    "kind": "show-cause",
    "acted_on": "2019-09-12",
    "authority": "Chief Secretary",
    "order_number": "SO-1/2019",
    "reason": "Closed without a hearing",
    "reply_due": "2019-09-26",
}
SENT: dict[str, Any] = {**SINDH, "posts": 2, "complaints": [200, 201]}


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def send(server: Flask, name: str, path: str = "", body: object = None) -> TestResponse:
    """What a program of this account is told that posts this."""
    return server.test_client().post(f"{API}{path}", json=body, auth=(name, "demo"))


def noted(database: Database) -> list[str]:
    """What was done, by the audit log, sign-ins aside."""
    with database.snapshot() as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [f"{row.account} {row.action}" for row in rows if row.action != "sign-in"]


def listed(server: Flask, name: str = "pmo") -> list[Any]:
    """What the register tells of what holds."""
    rows = Caller(server.test_client(), name).read("/api/v1/panels/actions")["rows"]
    return [(row["id"], row["kind"], row["office_slug"], row["state"], row["outcome"]) for row in rows]


def test_an_action_is_proposed_and_approved_by_form(own: Database, server: Flask) -> None:
    first, second = browser(server, "cs-sindh"), browser(server, "cs-sindh-2")
    assert f'href="{PAGE}"' in first.get("/account", Accept="text/html").text
    reply = first.fill(PAGE, {**SINDH, "posts": "2", "complaints": "200, 201", "do": "propose"})
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{PAGE}?done=proposed")
    assert "it holds once another account" in first.get(f"{PAGE}?done=proposed").text
    shown = first.get(PAGE).text
    assert "Secretary × 2" in shown
    assert "شوکاز نوٹس" in shown
    assert '<a href="/complaints/201">201</a>' in shown
    assert 'value="approve"' not in shown  # nobody is offered what would be refused
    assert 'value="approve"' in second.get(PAGE).text
    assert listed(server) == []
    refused = first.fill(PAGE, {"do": "approve", "number": "1"})
    assert refused.status_code == 403
    assert "so another account of its government approves it" in refused.text
    mark = first.read("/live")["mark"]
    assert second.fill(PAGE, {"do": "approve", "number": "1"}).headers["Location"] == f"{PAGE}?done=approved"
    assert first.read("/live")["mark"] != mark
    assert first.fill(PAGE, {"do": "outcome", "number": "1", "outcome": "Replied"}).status_code == 303
    assert listed(server) == [(1, "show-cause", "sindh-office", "approved", "Replied")]
    again = second.fill(PAGE, {"do": "approve", "number": "1"})
    assert (again.status_code, "Action 1 is approved already" in again.text) == (409, True)
    assert noted(own) == [
        "cs-sindh action-proposed",
        "cs-sindh refused",
        "cs-sindh-2 action-approved",
        "cs-sindh action-outcome",
    ]


def test_who_is_of_elsewhere_is_refused_in_page_and_api(server: Flask) -> None:
    assert send(server, "cs-sindh", body=SENT).get_json() == {"id": 1, "state": "proposed"}
    for name in ("cs-punjab", "pmo", "dc-karachi-south"):  # the office serves more than one district
        reply = send(server, name, "/1/approve")
        assert (reply.status_code, set(reply.get_json())) == (403, {"error", "parameter"}), name
        assert browser(server, name).fill(PAGE, {"do": "approve", "number": "1"}).status_code == 403
        assert send(server, name, body={**SENT, "order_number": "2"}).status_code == 403
        assert "SO-1/2019" not in browser(server, name).get(PAGE).text
    reply = send(server, "cs-sindh", "/1/approve")
    assert reply.status_code == 403
    assert reply.get_json()["error"].startswith("You proposed this action")
    assert send(server, "cs-sindh", "/1/decline", {"note": "No"}).status_code == 403
    assert send(server, "cs-sindh-2", "/1/withdraw").status_code == 403
    assert listed(server) == []


def test_programs_propose_and_decide(own: Database, server: Flask) -> None:
    assert send(server, "cs-sindh", body=SENT).status_code == 201
    assert send(server, "cs-sindh-2", "/1/approve").get_json() == {"id": 1, "state": "approved"}
    reply = send(server, "cs-sindh-2", "/1/approve")
    assert (reply.status_code, "is approved already" in reply.get_json()["error"]) == (409, True)
    assert send(server, "cs-sindh", body=SENT).status_code == 409  # the same order again
    assert send(server, "cs-sindh", body={**SENT, "order_number": "2"}).get_json()["id"] == 2
    assert send(server, "cs-sindh-2", "/2/decline", {"note": "No ground"}).get_json()["state"] == "declined"
    assert send(server, "cs-sindh", body={**SENT, "order_number": "3"}).get_json()["id"] == 3
    assert send(server, "cs-sindh", "/3/withdraw").get_json() == {"id": 3, "state": "withdrawn"}
    assert [send(server, "cs-sindh", f"/{number}/approve").status_code for number in ("77", "x", "9" * 12)] == [404] * 3
    assert listed(server) == [(1, "show-cause", "sindh-office", "approved", None)]
    with own.snapshot() as connection:
        rows = connection.execute(select(accountability_action)).all()
    assert [row.state for row in sorted(rows)] == ["approved", "declined", "withdrawn"]


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (None, None, "Send a JSON object"),
        ([SENT], None, "Send a JSON object"),
        ({**SENT, "name": "x"}, "name", "There is no field 'name'"),
        ({"government": "sindh"}, "kind", "The field kind is missing"),
        ({**SENT, "kind": "fined"}, "kind", "Choose which kind of action it is"),
        ({**SENT, "office": None}, "office", "office is text, and is left out where there is none"),
        ({**SENT, "posts": "2"}, "posts", "posts is a whole number"),
        ({**SENT, "posts": True}, "posts", "posts is a whole number"),
        ({**SENT, "referral": 0}, "referral", "referral is a whole number"),
        ({**SENT, "complaints": "200"}, "complaints", "a list of numbers of complaints"),
        ({**SENT, "complaints": [200.5]}, "complaints", "a list of numbers of complaints"),
        ({**SENT, "complaints": [100]}, "complaints", "There is no complaint 100 that the office holds or held"),
        ({**SENT, "acted_on": "soon"}, "acted_on", "soon is no day; write it as 2019-10-31"),
        ({**SENT, "reason": " "}, "reason", "Say why"),
    ],
)
def test_a_program_is_told_what_is_wrong(
    own: Database, server: Flask, body: object, field: str | None, words: str
) -> None:
    reply = send(server, "cs-sindh", body=body)
    assert reply.status_code == 400
    assert words in reply.get_json()["error"]
    assert reply.get_json()["parameter"] == field
    assert noted(own) == []


@pytest.mark.parametrize("note", [None, {}, {"note": 1}, {"note": " "}, {"note": "x", "more": "y"}])
def test_a_program_says_why_it_declines(server: Flask, note: object) -> None:
    send(server, "cs-sindh", body=SENT)
    assert send(server, "cs-sindh-2", "/1/decline", note).status_code == 400


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"acted_on": "soon"}, "soon is no day"),
        ({"posts": "many"}, "many is no whole number of posts"),
        ({"complaints": "200, x"}, "x is no number of a complaint; write 1201, 1305"),
        ({"office": "no-office"}, "There is no office &#39;no-office&#39;"),
        ({"do": "approve", "number": "x"}, "The form does not say which entry"),
        ({"do": "dance", "number": "1"}, "The form does not say what to do"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    own: Database, server: Flask, change: dict[str, str], words: str
) -> None:
    reply = browser(server, "cs-sindh").fill(PAGE, {**SINDH, "do": "propose", **change})
    assert reply.status_code == 400
    assert words in reply.text
    assert 'value="Closed without a hearing"' in reply.text
    assert noted(own) == []


def test_an_action_that_is_not_there_is_not_found(server: Flask) -> None:
    reply = browser(server, "cs-sindh").fill(PAGE, {"do": "withdraw", "number": "77"})
    assert (reply.status_code, "The register has no action 77" in reply.text) == (404, True)


def test_a_case_goes_from_the_centre_to_the_government_and_back(own: Database, server: Flask) -> None:
    pmo, secretary = browser(server, "pmo"), browser(server, "cs-sindh")
    case = {name: SINDH[name] for name in ("government", "office", "reason")}
    assert "Refer the case" in pmo.get(PAGE).text
    assert "Refer the case" not in secretary.get(PAGE).text
    assert pmo.fill(PAGE, {**case, "complaints": "200", "do": "refer"}).headers["Location"] == f"{PAGE}?done=referred"
    assert secretary.fill(PAGE, {**case, "do": "refer"}).status_code == 403
    form = secretary.get(f"{PAGE}?answer=1").text
    for value in ('name="referral" value="1"', 'value="sindh-office"', 'value="200"', "Answer case 1 with an action"):
        assert value in form
    assert secretary.fill(PAGE, {**SINDH, "referral": "1", "do": "propose"}).status_code == 303
    assert "answered by action 2" in pmo.get(PAGE).text
    assert "SO-1/2019" not in pmo.get(PAGE).text  # what a government only thinks about is its own
    assert "Answer with an action" not in secretary.get(PAGE).text
    assert noted(own)[0] == "pmo action-referred"
    assert "Answer case" not in secretary.get(f"{PAGE}?answer=77").text


def test_federal_posts_are_acted_on_by_two_accounts_of_the_centre(own: Database, server: Flask) -> None:
    with own.clerk() as connection:
        row = dict(connection.execute(select(account).where(account.c.username == "pmo")).one()._mapping)
        connection.execute(insert(account).values({**row, "username": "pmo-2"}))
    federal = {**SINDH, "government": "federal", "office": "federal-office"}
    assert send(server, "pmo", body=federal).status_code == 201
    assert send(server, "pmo", "/1/approve").status_code == 403
    assert send(server, "pmo-2", "/1/approve").status_code == 200
    assert listed(server) == [(1, "show-cause", "federal-office", "approved", None)]
    assert listed(server, "cs-sindh") == []


@pytest.mark.parametrize("name", ["viewer", "presenter", "admin"])
def test_others_propose_nothing(server: Flask, name: str) -> None:
    visitor = browser(server, name)
    assert visitor.get(PAGE, Accept="text/html").status_code == 403
    assert PAGE not in visitor.get("/account", Accept="text/html").text
    assert send(server, name, body=SENT).status_code == 403
    assert send(server, name, "/1/approve").status_code == 403


# What a browser sends without knowing


def test_a_session_proposes_with_the_token_of_its_forms_alone(own: Database, server: Flask) -> None:
    secretary = browser(server, "cs-sindh")
    for headers in ({}, {"X-CSRFToken": "x"}):
        reply = secretary.client.post(API, json=SENT, headers=headers)
        assert (reply.status_code, reply.get_json()) == (400, {"error": STALE})
    elsewhere = {"X-CSRFToken": secretary.token(), "Origin": "https://elsewhere.example"}
    assert secretary.client.post(API, json=SENT, headers=elsewhere).status_code == 403
    assert noted(own) == []
    reply = secretary.client.post(API, json=SENT, headers={"X-CSRFToken": secretary.token()})
    assert (reply.status_code, reply.get_json()) == (201, {"id": 1, "state": "proposed"})


def test_a_token_proposes_where_it_was_given_that_and_never_approves_its_own(own: Database, server: Flask) -> None:
    scope = scope_from("cs-sindh", "chief_secretary", "government=sindh")
    assert scope is not None

    def key(*abilities: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {Tokens(own).make(scope, Wish('orders', 7, frozenset(abilities)))}"}

    client = server.test_client()
    assert client.post(API, json=SENT, headers=key("complaints")).status_code == 403
    assert client.post(API, json=SENT, headers=key("actions")).status_code == 403  # it links complaints
    assert client.post(API, json=SENT, headers=key("actions", "complaints")).status_code == 201
    assert client.post(f"{API}/1/approve", headers=key("actions")).status_code == 403


# The panel


def test_the_file_holds_the_rows_and_totals_add_up(server: Flask) -> None:
    for number in range(3):
        body = {**SENT, "order_number": str(number), "kind": ("warning", "osd", "warning")[number]}
        send(server, "cs-sindh", body=body)
        send(server, "cs-sindh-2", f"/{number + 1}/approve")
    pmo = Caller(server.test_client())
    found = pmo.read("/api/v1/panels/actions?government=sindh&from=2019-09-01&to=2019-09-30&sort=kind")
    assert found["headline"] == (
        "3 actions are in force, ordered 1 Sep 2019 to 30 Sep 2019, on posts of Sindh, as of 30 Sep 2019."
    )
    file = pmo.get("/api/v1/panels/actions.csv?government=sindh&sort=kind").text.splitlines()
    assert [line.split(",")[:2] for line in file[1:]] == [[str(row["id"]), row["kind"]] for row in found["rows"]]
    totals = pmo.read("/api/v1/panels/action-totals")
    assert [(row["kind"], row["actions"], row["posts"]) for row in totals["rows"]] == [("osd", 1, 2), ("warning", 2, 4)]
    assert totals["headline"] == "3 actions on 6 posts of Sindh, most often: Warning (4)."
    assert pmo.read("/api/v1/panels/actions?limit=100000&search=sindh")["count"] == 3
    assert pmo.get("/api/v1/panels/actions?limit=100001").status_code == 400
    assert Caller(server.test_client(), "viewer").get("/api/v1/panels/actions").status_code == 403
    assert Caller(server.test_client(), "viewer").read("/api/v1/panels/action-totals")["rows"] == totals["rows"]
    assert Caller(server.test_client(), "cs-punjab").read("/api/v1/panels/action-totals")["headline"] == (
        "The register holds no action here."
    )
