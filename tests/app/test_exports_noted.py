"""Whoever takes figures along, or reaches for what is not theirs, is noted: by page, program or address alike."""

from data_access.accounts.audit import verify
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.database import Database
from tests.app.posted import Poster
from tests.app.serving import Caller, server_over
from tests.app.visiting import MINUTE, Hands

SCORECARD = "/api/v1/panels/scorecard"


def taken(database: Database, action: str = "export") -> list[tuple[str | None, str | None, dict[str, object]]]:
    entries = oldest_first(database, LogFilter(action=action))
    return [(entry.account, entry.subject, dict(entry.details())) for entry in entries]


def test_a_panel_as_csv_is_noted_with_what_was_asked(own: Database) -> None:
    server = server_over(own)
    pmo, minister = Caller(server.test_client(), "pmo"), Caller(server.test_client(), "cs-sindh")
    assert pmo.get(f"{SCORECARD}.csv?to=2019-09-30&from=2019-05-06").status_code == 200
    assert minister.get("/api/v1/panels/ladder.csv").status_code == 200
    assert taken(own) == [
        ("pmo", "scorecard", {"query": "as_of=2019-09-30&from=2019-05-06&to=2019-09-30", "rows": 8}),
        ("cs-sindh", "ladder", {"query": "as_of=2019-09-30&government=sindh", "rows": 4}),
    ]
    assert verify(own).broken is None


def test_looking_and_what_was_refused_is_no_export(own: Database) -> None:
    server = server_over(own)
    minister = Caller(server.test_client(), "cs-sindh")
    for address, status in (
        (SCORECARD, 200),
        (f"{SCORECARD}.csv?government=punjab", 403),
        (f"{SCORECARD}.csv?colour=red", 400),
        ("/api/v1/panels/nothing.csv", 404),
    ):
        assert minister.get(address).status_code == status
    assert Caller(server.test_client(), None).get(f"{SCORECARD}.csv").status_code == 401
    assert taken(own) == []


def test_who_reaches_for_what_is_not_theirs_is_noted_once_in_a_while(own: Database, hands: Hands) -> None:
    server = server_over(own, hands)
    minister, viewer = Caller(server.test_client(), "cs-sindh"), Caller(server.test_client(), "viewer")
    poster = Poster(minister)
    for _ in range(3):
        for slug in ("punjab", "federal"):
            assert minister.get(f"{SCORECARD}?government={slug}").status_code == 403
            poster.post(poster.body("data-version", search=f"?government={slug}"))
        assert viewer.get("/admin/accounts").status_code == 403
    once: list[tuple[str | None, str | None, dict[str, object]]] = [
        ("cs-sindh", "/api/v1/panels/scorecard government=", {}),
        ("cs-sindh", "/ government=", {}),
        ("viewer", "/admin/accounts", {}),
    ]
    assert taken(own, "refused") == once
    hands.seconds += 15 * MINUTE
    assert minister.get(f"{SCORECARD}?government=punjab").status_code == 403
    assert taken(own, "refused") == [*once, once[0]]
