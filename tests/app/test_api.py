"""/api/v1 and its neighbours, over the whole application."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from tests.app.serving import Caller, server_over
from tests.app.small import LABEL, example


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.fixture
def stranger(small: Database) -> Caller:
    """Brings wrong keys, to a server of its own: they are counted, and so many are not looked at any more."""
    return Caller(server_over(small).test_client())


def panel(caller: Caller, address: str) -> dict[str, Any]:
    content: dict[str, Any] = caller.read(f"/api/v1/panels/{address}")
    return content


def test_the_shape_of_an_answer(pmo: Caller) -> None:
    content = panel(pmo, "scorecard?as_of=2019-09-30")
    assert content["panel"] == "scorecard"
    assert content["as_of"] == "2019-09-30"
    assert content["compare"] == "2019-08-31"
    assert content["data_version"] == 1
    assert content["filters"] == {"as_of": "2019-09-30"}
    assert content["label"] == LABEL
    assert content["immature"] is False
    assert content["headline"] == "Federal has resolved 90.0% of what it received, Sindh 40.0%."
    names = [column["name"] for column in content["columns"]]
    assert all(list(row) == names for row in content["rows"])
    federal, empty = content["rows"][0], content["rows"][-1]
    assert (federal["slug"], federal["received"], federal["resolved"]) == ("federal", 20, 18)
    assert federal["resolution_rate"] == 0.9
    assert empty["resolution_rate"] is None
    assert empty["rank"] is None


def test_the_catalogue_lists_every_panel(pmo: Caller) -> None:
    listed = pmo.read("/api/v1/panels")["panels"]
    assert [one["name"] for one in listed] == list(PANELS)
    assert "government" in listed[0]["parameters"]
    for one in listed:
        asked = f"?{example(PANELS[one['name']]).query()}"
        assert pmo.get(one["json"] + asked).status_code == 200, one["name"]
        assert pmo.get(one["csv"] + asked).status_code == 200, one["name"]


def test_csv(pmo: Caller) -> None:
    reply = pmo.get("/api/v1/panels/ladder.csv?government=sindh")
    assert reply.content_type == "text/csv; charset=utf-8"
    name = 'attachment; filename="jawabdeh-ladder-sindh-2019-09-30-v1.csv"'
    assert reply.headers["Content-Disposition"] == name
    rows = list(csv.DictReader(StringIO(reply.text)))
    assert [row["complaints"] for row in rows] == ["10", "4", "4", "0"]


ACTION, STEPS = "/api/v1/actions/{number}", ("approve", "decline", "withdraw")
"""All that programs change."""


def test_the_api_describes_itself(pmo: Caller) -> None:
    document = pmo.read("/api/v1/openapi.json")
    assert document["openapi"].startswith("3.1")
    read = {path: described for path, described in document["paths"].items() if "get" in described}
    writes = {"/api/v1/events", "/api/v1/backups", "/api/v1/actions", *(f"{ACTION}/{step}" for step in STEPS)}
    writes.add("/api/v1/briefings/{number}/clear")
    assert set(document["paths"]) - set(read) == writes
    for path, described in read.items():
        needed = [one["name"] for one in described["get"].get("parameters", ()) if one["required"]]
        assert needed in ([], ["id"], ["office", "by"], ["report"], ["number"])
        panel = PANELS.get(path.removeprefix("/api/v1/panels/").removesuffix(".csv").removesuffix(".xlsx"))
        asked = example(panel).query() if panel else ""
        status = 404 if "{number}" in path else 200  # no briefing is kept here
        address = path.format(report="weekly-performance", number=1)
        assert pmo.get(f"{address}?{asked}").status_code == status, path


@pytest.mark.parametrize("name", ["totals", "scorecard", "trend", "complaints", "complaint"])
def test_an_answer_is_as_it_is_described(pmo: Caller, name: str) -> None:
    document = pmo.read("/api/v1/openapi.json")
    schema = document["paths"][f"/api/v1/panels/{name}"]["get"]["responses"]["200"]["content"]["application/json"]
    described = schema["schema"]["properties"]
    content = panel(pmo, "complaint?id=100" if name == "complaint" else name)
    assert set(described) == set(content)
    kinds: dict[str, Any] = {"integer": int, "number": (int, float), "string": str, "boolean": bool, "null": type(None)}
    for name, value in content["rows"][0].items():
        allowed = described["rows"]["items"]["properties"][name]["type"]
        assert any(isinstance(value, kinds[kind]) for kind in allowed), name


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("totals?bogus=1", "bogus"),
        ("totals?as_of=1-10-2019", "as_of"),
        ("totals?as_of=2031-01-01", "as_of"),
        ("totals?as_of=2019-02-30", "as_of"),
        ("totals?government=sind", "government"),
        ("totals?government=Sindh'--", "government"),
        ("totals?government=sindh&government=punjab", "government"),
        ("totals?channel=pigeon", "channel"),
        ("totals?metric=received", "metric"),
        ("totals?from=2019-09-01&to=2019-08-01", "to"),
        ("totals?lang=xx", "lang"),
        ("scorecard.csv?gender=robot", "gender"),
        ("totals?as_of=%00", "as_of"),
    ],
)
def test_a_wrong_parameter_is_named(pmo: Caller, address: str, parameter: str) -> None:
    reply = pmo.get(f"/api/v1/panels/{address}")
    assert reply.status_code == 400
    assert reply.get_json()["parameter"] == parameter
    assert parameter in reply.get_json()["error"]
    assert reply.is_json


def test_no_such_panel(pmo: Caller) -> None:
    reply = pmo.get("/api/v1/panels/nonsense")
    assert reply.status_code == 404
    assert "nonsense" in reply.get_json()["error"]
    assert "scorecard" in reply.get_json()["error"]
    assert pmo.get("/api/v1/panels/nonsense.csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/api", "/api/", "/api/v1", "/api/v2/panels", "/api/v1/panels/totals/rows", "/api//v1/panels"),
        *("/live/", "/live/x", "/_dash-layout/"),
    ],
)
def test_an_unknown_address_of_the_api_is_json_too(pmo: Caller, path: str) -> None:
    reply = pmo.get(path)
    assert reply.status_code == 404
    assert reply.is_json


def test_only_reading(pmo: Caller) -> None:
    reply = pmo.client.post("/api/v1/panels/totals", auth=("pmo", "demo"))
    assert reply.status_code == 405
    assert reply.is_json


MACHINES = ["/api/v1/panels", "/api/v1/panels/totals", "/api/v1/openapi.json", "/live", "/_dash-layout"]
PAGES = ["/", "/review", "/nowhere", "/assets", "/assets/", "/sign-in/"]
STRANGERS = [("pmo", "wrong"), ("nobody", "demo"), ("", "")]


@pytest.mark.parametrize("path", [*MACHINES, "/_dash-dependencies", "/_dash-component-suites/dash/dcc/none.js", "/api"])
@pytest.mark.parametrize(("account", "password"), [(None, ""), *STRANGERS])
def test_programs_are_refused_without_an_account(
    stranger: Caller, path: str, account: str | None, password: str
) -> None:
    reply = Caller(stranger.client, account, password).get(path)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic ")
    assert reply.get_json()["error"]


@pytest.mark.parametrize("path", PAGES)
def test_people_are_led_to_the_form(pmo: Caller, path: str) -> None:
    reply = Caller(pmo.client, None).get(path)
    assert reply.status_code == 302
    assert reply.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("account", "password"), STRANGERS)
def test_a_wrong_key_is_refused_by_pages_too(stranger: Caller, path: str, account: str, password: str) -> None:
    reply = Caller(stranger.client, account, password).get(path)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("path", ["/assets/style.css", "/assets/icon.svg", "/sign-in", "/healthz"])
def test_what_the_form_is_drawn_with_is_open(pmo: Caller, path: str) -> None:
    assert Caller(pmo.client, None).get(path).status_code == 200
    assert Caller(pmo.client, None).get("/assets/../app.py").status_code == 404


@pytest.mark.parametrize("header", ["Bearer x", "Basic", "Basic ???", "Basic \xe9==", "Basic OjpAOg==", "Digest a=b"])
def test_a_malformed_key_opens_nothing(stranger: Caller, header: str) -> None:
    assert stranger.client.get("/live", headers={"Authorization": header}).status_code == 401


def test_probes_need_no_account_and_tell_nothing(pmo: Caller) -> None:
    for path in ("/healthz", "/readyz"):
        reply = Caller(pmo.client, None).get(path)
        assert (reply.status_code, reply.json) == (200, {"status": "ok"})


def test_live(pmo: Caller) -> None:
    told = pmo.read("/live")
    assert re.fullmatch("1[.]2[.][0-9a-f]{16}", told.pop("mark"))
    assert told == {
        "data_version": 1,
        "as_of": "2019-09-30",
        "label": LABEL,
        "behind": 0,
        "account": "pmo",
    }


def test_a_chief_secretary_sees_all_lines_but_only_his_own_depth(pmo: Caller) -> None:
    sindh = Caller(pmo.client, "cs-sindh")
    assert len(panel(sindh, "scorecard")["rows"]) == 8
    mine = panel(sindh, "totals")
    assert mine["rows"][0]["received"] == 10
    assert mine["filters"]["government"] == "sindh"
    reply = sindh.get("/api/v1/panels/totals?government=punjab")
    assert reply.status_code == 403
    assert reply.get_json()["error"] == "Your account sees Sindh; it may not ask for the government Punjab."
    assert sindh.get("/api/v1/panels/trend.csv?government=punjab").status_code == 403


def test_an_empty_database_answers_without_figures(bare: Database) -> None:
    content = panel(Caller(server_over(bare).test_client()), "totals")
    assert (content["as_of"], content["data_version"], content["rows"]) == (None, 0, [])
    assert content["headline"] == "The database holds no complaints yet."


def test_figures_are_not_kept_by_proxies(pmo: Caller) -> None:
    assert pmo.get("/api/v1/panels/totals").headers["Cache-Control"] == "no-store"


def test_every_reply_carries_the_security_headers(pmo: Caller) -> None:
    for reply in (pmo.get("/"), pmo.get("/api/v1/panels"), Caller(pmo.client, None).get("/"), pmo.get("/sign-in")):
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'self' 'sha256-" in policy
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["X-Frame-Options"] == "DENY"


def test_when_the_database_is_gone(small: Database, monkeypatch: pytest.MonkeyPatch, pmo: Caller) -> None:
    pmo.get("/live")  # the account is remembered

    def gone(self: Database) -> None:
        raise OperationalError("SELECT secret", {"name": "secret"}, Exception("secret"))

    monkeypatch.setattr(Database, "snapshot", gone)
    for path in ("/live", "/readyz", "/api/v1/panels/totals"):
        reply = pmo.get(path)
        assert reply.status_code == 503
        sentence, reference = (
            "The database does not answer at the moment; try again shortly.",
            reply.headers["X-Request-ID"],
        )
        assert reply.json == {"error": sentence, "reference": reference}


def test_a_mistake_of_ours_is_a_sentence_and_the_log_has_no_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, pmo: Caller
) -> None:
    pmo.get("/live")

    def broken(self: Database) -> None:
        raise ValueError("a citizen's name")

    monkeypatch.setattr(Database, "snapshot", broken)
    reply = pmo.get("/api/v1/panels/totals?government=sindh")
    assert reply.status_code == 500
    assert "Traceback" not in reply.text
    assert "citizen" not in reply.text
    assert "ValueError at" in caplog.text
    assert "citizen's name" not in caplog.text
    assert "sindh" not in caplog.text
