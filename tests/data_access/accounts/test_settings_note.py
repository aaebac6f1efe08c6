"""What the log says of how the server runs."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.accounts.claims import Rule
from data_access.accounts.provider import Provider
from data_access.accounts.settings_note import note_settings, values_of
from data_access.database import Database
from data_access.settings import Settings

RULES = (Rule("groups", "auditors", "viewer"),)
PROVIDER = Provider("https://id.example", "jawabdeh", "client-secret", RULES, "Example")
SETTINGS = Settings(
    secret_key="very secret" * 4,
    database_url="postgresql+psycopg://me:secret@db.example:5433/ours?password=secret",
    provider=PROVIDER,
    allowed_hosts=("a.example", "b.example"),
    boundaries_dir=Path("/srv/boundaries"),
)


def noted(database: Database) -> list[dict[str, object]]:
    """All settings that were noted, of the server, by nobody that is known."""
    entries = list(oldest_first(database, LogFilter(action="settings")))
    assert {(entry.account, entry.subject) for entry in entries} <= {(None, "server")}
    return [dict(entry.details()) for entry in entries]


def test_settings_are_noted_when_they_differ_from_those_noted_last(either: Database) -> None:
    assert note_settings(either, SETTINGS)
    assert not note_settings(either, SETTINGS)
    other = replace(SETTINGS, idle_minutes=30)
    assert note_settings(either, other)
    assert not note_settings(either, other)
    assert note_settings(either, SETTINGS)
    assert [values["idle_minutes"] for values in noted(either)] == [120, 30, 120]


def test_every_setting_that_is_no_secret_is_named(ducks: Database) -> None:
    note_settings(ducks, SETTINGS)
    values = noted(ducks)[0]
    names = {one.name for one in fields(Settings)} - {"secret_key", "database_url", "read_url", "provider"}
    names -= {"backup_token", "metrics_token"}
    assert names | {"database", "replica"} == {name for name in values if not name.startswith("provider.")}
    assert (values["host"], values["port"], values["allow_demo"]) == ("127.0.0.1", 8050, False)
    assert (values["allowed_hosts"], values["boundaries_dir"]) == ("a.example, b.example", "/srv/boundaries")
    assert (values["provider.issuer"], values["provider.client_id"]) == ("https://id.example", "jawabdeh")
    assert values["database"] == "postgresql+psycopg://db.example/ours"
    assert "secret" not in str(values)


def test_other_rules_of_single_sign_on_are_noted_whatever_they_say(ducks: Database) -> None:
    many = tuple(Rule("groups", f"group-{number}", "viewer") for number in range(20))
    first = replace(SETTINGS, provider=replace(PROVIDER, rules=many))
    second = replace(SETTINGS, provider=replace(PROVIDER, rules=(*many[:-1], Rule("groups", "group-19", "admin"))))
    assert note_settings(ducks, first)
    assert not note_settings(ducks, first)
    assert note_settings(ducks, second)
    rules = [str(values["provider.rules"]) for values in noted(ducks)]
    assert all(text.startswith("sha256 ") for text in rules)
    assert rules[0] != rules[1]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("duckdb:///var/x.duckdb", "duckdb:///var/x.duckdb"),
        ("postgresql://db/x", "postgresql://db/x"),
        ("postgresql://me@/x?host=/run/postgresql", "postgresql:///run/postgresql/x"),
    ],
)
def test_of_the_database_it_is_noted_where_it_is(url: str, place: str) -> None:
    assert values_of(Settings(secret_key="x" * 32, database_url=url))["database"] == place
