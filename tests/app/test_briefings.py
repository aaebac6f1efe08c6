"""Ready-made reports over the whole application: who may have which, what they are told else, and what is noted."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types of its own

from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from data_access.database import Database
from data_access.settings import Settings
from tests.app.serving import SETTINGS, Caller, server_over
from tests.app.test_exports_noted import taken

AT = "/api/v1/briefings"
HEAD = {"html": b"<!DOCTYPE html>", "xlsx": b"PK", "pptx": b"PK", "pdf": b"%PDF-", "slides.pdf": b"%PDF-"}


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.mark.parametrize("kind", HANDS)
@pytest.mark.parametrize("name", READY)
def test_every_report_comes_as_every_kind_of_file(pmo: Caller, name: str, kind: str) -> None:
    reply = pmo.get(f"{AT}/{name}.{kind}?as_of=2019-09-30")
    assert reply.status_code == 200, reply.text
    assert reply.content_type == HANDS[kind].mime
    said = f'attachment; filename="jawabdeh-{name}-2019-09-30-v1.{kind}"'
    assert reply.headers["Content-Disposition"] == said
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.data.startswith(HEAD[kind])


@pytest.mark.parametrize("path", ["nothing.pptx", "cabinet-report.docx", "cabinet-report", "a/b.pptx", "totals.xlsx"])
def test_what_there_is_not_is_said_in_a_sentence(pmo: Caller, path: str) -> None:
    reply = pmo.get(f"{AT}/{path}")
    assert reply.status_code == 404
    sentence = reply.get_json()["error"]
    assert path in sentence
    assert all(name in sentence for name in (*READY, *HANDS))


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("as_of=2031-01-01", "as_of"), ("colour=red", "colour"), ("government=x", "government"), ("limit=3", "limit")],
)
@pytest.mark.parametrize("kind", HANDS)
def test_a_wrong_parameter_is_named(pmo: Caller, query: str, parameter: str, kind: str) -> None:
    reply = pmo.get(f"{AT}/cabinet-report.{kind}?{query}")
    assert reply.status_code == 400
    assert reply.get_json()["parameter"] == parameter


@pytest.mark.parametrize("kind", HANDS)
def test_what_lies_outside_the_scope_is_refused(pmo: Caller, kind: str) -> None:
    minister = Caller(pmo.client, "cs-sindh")
    for name in READY:
        reply = minister.get(f"{AT}/{name}.{kind}?government=punjab")
        assert reply.status_code == 403, name
        assert reply.get_json()["parameter"] == "government"
    assert Caller(pmo.client, "display").get(f"{AT}/cabinet-report.{kind}").status_code == 403
    assert Caller(pmo.client, None).get(f"{AT}/cabinet-report.{kind}").status_code == 401


def about(content: bytes) -> dict[str, Any]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True)}


def test_an_account_gets_its_own_and_is_told_what_is_left_out(pmo: Caller) -> None:
    own = about(Caller(pmo.client, "cs-sindh").get(f"{AT}/chief-secretary-review.xlsx").data)
    assert own["Of these"] == "Government: Sindh"
    seen = about(Caller(pmo.client, "viewer").get(f"{AT}/cabinet-report.xlsx").data)
    assert seen["Which actions were taken, on which posts?"] == "Your account may not see actions."


def test_reports_are_noted_with_what_was_asked_and_their_hash(own: Database) -> None:
    server = server_over(own)
    minister = Caller(server.test_client(), "cs-sindh")
    first = about(minister.get(f"{AT}/weekly-performance.xlsx?to=2019-09-30&from=2019-06-01").data)
    assert minister.get(f"{AT}/weekly-performance.xlsx?government=punjab").status_code == 403
    ((account, subject, detail),) = taken(own)
    assert (account, subject) == ("cs-sindh", "weekly-performance.xlsx")
    assert detail["query"] == "as_of=2019-09-30&from=2019-06-01&to=2019-09-30&government=sindh"
    assert detail["sha256"] == first["SHA-256 of the figures"]
    assert isinstance(detail["rows"], int)
    assert taken(own, "refused") == [("cs-sindh", f"{AT}/weekly-performance.xlsx government=", {})]


def test_reports_count_as_files(own: Database) -> None:
    few = Settings(secret_key=SETTINGS.secret_key, exports_per_minute=2)
    caller = Caller(server_over(own, settings=few).test_client())
    assert [caller.get(f"{AT}/none.{kind}").status_code for kind in ("pptx", "xlsx", "pdf")] == [404, 404, 429]


def test_the_api_describes_them(pmo: Caller) -> None:
    paths = pmo.read("/api/v1/openapi.json")["paths"]
    for kind, hand in HANDS.items():
        described = paths[f"{AT}/{{report}}.{kind}"]["get"]
        assert hand.mime in described["responses"]["200"]["content"]
        which, *others = described["parameters"]
        assert which["schema"]["anyOf"][0]["enum"] == list(READY)
        assert {"as_of", "government", "by"} < {one["name"] for one in others}


def test_an_empty_database_makes_empty_reports(bare: Database) -> None:
    caller = Caller(server_over(bare).test_client())
    for kind in HANDS:
        reply = caller.get(f"{AT}/cabinet-report.{kind}")
        assert reply.status_code == 200
        assert f'filename="jawabdeh-cabinet-report-empty-v0.{kind}"' in reply.headers["Content-Disposition"]
