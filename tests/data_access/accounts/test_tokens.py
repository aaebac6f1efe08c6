"""API tokens: never more than their account is, as it is at each request; kept as a hash; on both engines."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from data_access.accounts.demo import DEMO_ACCOUNTS, add_demo_accounts
from data_access.accounts.problem import AccountProblem
from data_access.accounts.register import Register
from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import MOST, Tokens, Wish, id_in, offered
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.roles import BRIEFINGS, COMPLAINTS, EVENTS, FILES, OFFICER_NAMES, ROLES
from data_access.scope import Scope
from data_access.tables.accounts import account, api_token, audit_entry
from tests.app.visiting import DAY, Hands

WISH = Wish("nightly report", 30)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Accounts and places, and no complaint."""
    opened = open_database(database_url)
    lay_ground(opened, "sample", "sample data for tests")
    with opened.clerk() as connection:
        add_demo_accounts(connection)
    yield opened
    opened.close()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def tokens(database: Database, hands: Hands) -> Tokens:
    return Tokens(database, hands)


def scope(username: str) -> Scope:
    """That of a demo account."""
    found = next(demo for demo in DEMO_ACCOUNTS if demo.username == username)
    made = scope_from(username, found.role, "&".join(f"{name}={slug}" for name, slug in found.pinned.items()))
    assert made is not None
    return made


def change(database: Database, username: str, **values: object) -> None:
    with database.clerk() as connection:
        connection.execute(update(account).where(account.c.username == username).values(values))


def test_a_token_does_what_is_chosen_for_it(tokens: Tokens) -> None:
    text = tokens.make(scope("pmo"), replace(WISH, abilities=frozenset({COMPLAINTS})))
    assert tokens.scope_of(text) == Scope("pmo", "pmo", {}, frozenset({FILES, COMPLAINTS}))
    plain = tokens.make(scope("pmo"), WISH)
    assert tokens.scope_of(plain) == Scope("pmo", "pmo", {}, frozenset({FILES}))


def test_it_is_kept_as_a_hash(tokens: Tokens, database: Database) -> None:
    text = tokens.make(scope("pmo"), WISH)
    number = id_in(text)
    assert number is not None
    secret = text.removeprefix(f"jd_{number}_")
    assert len(secret) == 43
    with database.snapshot() as connection:
        kept = [*connection.execute(select(api_token)), *connection.execute(select(audit_entry))]
    assert number in str(kept)
    assert secret not in str(kept)
    assert tokens.make(scope("pmo"), WISH) != text


@pytest.mark.parametrize("what", ["secret", "id", "end", "nothing", "nonsense", "case", "space", "null"])
def test_what_is_no_token_opens_nothing(tokens: Tokens, what: str) -> None:
    text, other = (tokens.make(scope("pmo"), WISH) for _ in range(2))
    wrong = {
        "secret": text[:20] + other[20:],
        "id": "jd_" + "0" * 16 + text[19:],
        "end": text[:-1] + ("A" if text[-1] != "A" else "B"),
        "nothing": "",
        "nonsense": "\udce9" * 3,
        "case": text.upper(),
        "space": f" {text}",
        "null": f"{text}\0",
    }
    assert tokens.scope_of(wrong[what]) is None
    assert tokens.scope_of(text) is not None


def test_a_token_ends(tokens: Tokens, hands: Hands) -> None:
    text = tokens.make(scope("pmo"), replace(WISH, days=7))
    hands.seconds += 7 * DAY - 1
    assert tokens.scope_of(text) is not None
    assert [one.label for one in tokens.of("pmo")] == ["nightly report"]
    hands.seconds += 1
    assert tokens.scope_of(text) is None
    assert tokens.of("pmo") == []


def test_a_token_is_revoked_by_its_owner(tokens: Tokens, database: Database) -> None:
    text, other = (tokens.make(scope("pmo"), replace(WISH, label=label)) for label in ("one", "other"))
    number = id_in(text) or ""
    with pytest.raises(AccountProblem, match="holds no longer"):
        tokens.revoke("viewer", number)
    tokens.revoke("pmo", number)
    assert tokens.scope_of(text) is None
    assert tokens.scope_of(other) is not None
    with pytest.raises(AccountProblem, match="holds no longer"):
        tokens.revoke("pmo", number)
    assert [one.label for one in tokens.of("pmo")] == ["other"]
    statement = select(audit_entry.c.action, audit_entry.c.account, audit_entry.c.subject).order_by(audit_entry.c.id)
    with database.snapshot() as connection:
        noted = [tuple(row) for row in connection.execute(statement)]
    assert noted == [
        ("token-made", "pmo", number),
        ("token-made", "pmo", id_in(other)),
        ("token-revoked", "pmo", number),
    ]


# What the account is counts at each request


def test_a_token_does_no_more_than_its_account_does_now(tokens: Tokens, database: Database) -> None:
    text = tokens.make(scope("pmo"), replace(WISH, abilities=frozenset({COMPLAINTS, OFFICER_NAMES, BRIEFINGS})))
    change(database, "pmo", role="presenter", pinned="government=punjab")
    assert tokens.scope_of(text) == Scope("pmo", "presenter", {"government": "punjab"}, frozenset({FILES, BRIEFINGS}))
    for values in ({"role": "display"}, {"role": "minister"}, {"role": "chief_secretary", "pinned": ""}):
        change(database, "pmo", **values)
        assert tokens.scope_of(text) is None


def test_a_token_of_a_pin_that_the_account_has_no_longer_is_none(tokens: Tokens, database: Database) -> None:
    text = tokens.make(scope("pmo"), replace(WISH, pins={"government": "sindh"}))
    change(database, "pmo", role="viewer", pinned="government=punjab")
    assert tokens.scope_of(text) is None
    change(database, "pmo", role="viewer", pinned="government=sindh")
    assert tokens.scope_of(text) is not None


def test_tokens_end_with_the_account_and_not_with_its_sessions(tokens: Tokens, database: Database) -> None:
    text = tokens.make(scope("pmo"), WISH)
    register = Register(database, "admin")
    register.end_sessions("pmo")
    assert tokens.scope_of(text) is not None
    register.disable("pmo")
    assert tokens.scope_of(text) is None
    assert tokens.of("pmo") == []  # it does not come back with the account
    register.enable("pmo")
    assert tokens.scope_of(text) is None
    another = tokens.make(scope("pmo"), WISH)
    register.reset("pmo", "four unlikely words together")
    assert tokens.scope_of(another) is None


# What may be wished for


def test_a_pin_lies_inside_those_of_the_account(tokens: Tokens) -> None:
    text = tokens.make(scope("cs-sindh"), replace(WISH, pins={"district": "karachi-south", "government": ""}))
    found = tokens.scope_of(text)
    assert found is not None
    assert list(found.pinned.items()) == [("government", "sindh"), ("district", "karachi-south")]
    assert [dict(one.pins) for one in tokens.of("cs-sindh")] == [{"district": "karachi-south"}]
    own = tokens.make(scope("cs-sindh"), replace(WISH, pins={"government": "sindh"}))
    assert tokens.scope_of(own) is not None


@pytest.mark.parametrize(
    ("username", "pins", "said"),
    [
        ("cs-sindh", {"government": "punjab"}, "may not ask for the government Punjab"),
        ("cs-sindh", {"district": "lahore"}, "may not ask for the district Lahore"),
        ("dc-karachi-south", {"division": "karachi"}, "may not ask for the division Karachi"),
        ("pmo", {"government": "sindhh"}, "There is no government 'sindhh'"),
        ("pmo", {"district": "nowhere"}, "There is no district 'nowhere'"),
        ("pmo", {"district": "DROP TABLE"}, "district"),
        ("pmo", {"government": "sindh", "district": "lahore"}, "no account can be pinned to both"),
        ("pmo", {"category": "roads"}, "Nothing can be pinned to category=roads"),
    ],
)
def test_other_pins_are_refused(tokens: Tokens, username: str, pins: dict[str, str], said: str) -> None:
    with pytest.raises(AccountProblem, match=said):
        tokens.make(scope(username), replace(WISH, pins=pins))
    assert tokens.of(username) == []


@pytest.mark.parametrize(
    ("username", "values", "field"),
    [
        ("pmo", {"label": "  "}, "label"),
        ("pmo", {"label": "x" * 81}, "label"),
        ("pmo", {"label": "two\nlines"}, "label"),
        ("pmo", {"days": 0}, "days"),
        ("pmo", {"days": 36500}, "days"),
        ("viewer", {"abilities": frozenset({COMPLAINTS})}, "abilities"),
        ("admin", {"abilities": frozenset({"administer"})}, "abilities"),
        ("pmo", {"abilities": frozenset({"fly"})}, "abilities"),
        ("display", {}, ""),
    ],
)
def test_other_wishes_are_refused(tokens: Tokens, username: str, values: dict[str, object], field: str) -> None:
    with pytest.raises(AccountProblem) as refused:
        tokens.make(scope(username), replace(WISH, **values))  # type: ignore[arg-type]  # on purpose
    assert refused.value.field == field
    assert tokens.of(username) == []


def test_an_account_has_so_many_tokens(tokens: Tokens) -> None:
    made = [tokens.make(scope("pmo"), WISH) for _ in range(MOST)]
    with pytest.raises(AccountProblem, match="revoke one"):
        tokens.make(scope("pmo"), WISH)
    tokens.revoke("pmo", id_in(made[0]) or "")
    tokens.make(scope("pmo"), WISH)
    tokens.make(scope("viewer"), WISH)


def test_nobody_manages_accounts_by_token() -> None:
    assert [name for name, role in ROLES.items() if "administer" in offered(Scope("x", name, {}, role.abilities))] == []


# Sending events


def test_a_token_sends_events_when_an_administrator_lets_it(tokens: Tokens, database: Database) -> None:
    text, other = (tokens.make(scope("viewer"), replace(WISH, label=label)) for label in ("portal", "report"))
    number = id_in(text) or ""
    tokens.let_send("viewer", number, "admin", may=True)
    tokens.let_send("viewer", number, "admin", may=True)  # once more is no news
    assert tokens.scope_of(text) == Scope("viewer", "viewer", {}, frozenset({FILES, EVENTS}))
    assert tokens.scope_of(other) == Scope("viewer", "viewer", {}, frozenset({FILES}))
    assert {one.label: EVENTS in one.abilities for one in tokens.of("viewer")} == {"portal": True, "report": False}
    tokens.let_send("viewer", number, "admin", may=False)
    assert tokens.scope_of(text) == Scope("viewer", "viewer", {}, frozenset({FILES}))
    statement = select(audit_entry).where(audit_entry.c.action.like("token-%send%")).order_by(audit_entry.c.id)
    with database.snapshot() as connection:
        noted = [(row.action, row.account, row.subject, row.detail) for row in connection.execute(statement)]
    detail = '{"label": "portal", "of": "viewer"}'
    assert noted == [
        ("token-let-send", "admin", number, detail),
        ("token-kept-from-sending", "admin", number, detail),
    ]


def test_nobody_wishes_it_for_a_token(tokens: Tokens) -> None:
    for name in ("pmo", "admin", "viewer"):
        assert EVENTS not in offered(scope(name))
        with pytest.raises(AccountProblem, match="no more than your account"):
            tokens.make(scope(name), replace(WISH, abilities=frozenset({EVENTS})))


def test_what_is_pinned_sends_nothing(tokens: Tokens, database: Database) -> None:
    pinned = id_in(tokens.make(scope("pmo"), replace(WISH, pins={"government": "sindh"}))) or ""
    of_pinned = id_in(tokens.make(scope("cs-sindh"), WISH)) or ""
    for username, number in (("pmo", pinned), ("cs-sindh", of_pinned)):
        with pytest.raises(AccountProblem, match="pinned to nothing"):
            tokens.let_send(username, number, "admin", may=True)
    text = tokens.make(scope("viewer"), WISH)
    tokens.let_send("viewer", id_in(text) or "", "admin", may=True)
    change(database, "viewer", pinned="government=sindh")
    assert tokens.scope_of(text) == Scope("viewer", "viewer", {"government": "sindh"}, frozenset({FILES}))


@pytest.mark.parametrize("number", ["", "\0", "0" * 16, "\ud800"])
def test_a_token_that_there_is_not_is_not_let(tokens: Tokens, number: str, hands: Hands) -> None:
    text = tokens.make(scope("pmo"), WISH)
    for username, asked in (("pmo", number), ("viewer", id_in(text) or "")):
        with pytest.raises(AccountProblem, match="holds no longer"):
            tokens.let_send(username, asked, "admin", may=True)
    hands.seconds += 31 * DAY
    with pytest.raises(AccountProblem, match="holds no longer"):
        tokens.let_send("pmo", id_in(text) or "", "admin", may=True)
