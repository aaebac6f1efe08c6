"""Sign-in: who gets which scope, what is remembered, what it costs."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from data_access.accounts import sign_in
from data_access.accounts.demo import DEMO_ACCOUNTS, DemoAccount, add_demo_accounts
from data_access.accounts.passwords import hash_password, is_password
from data_access.accounts.sign_in import REMEMBERED_SECONDS, Doorkeeper, has_demo_accounts
from data_access.database import Database
from data_access.roles import ROLES
from data_access.tables.accounts import account


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that were verified, in order; quick, for these tests are not about argon2."""
    hashes: list[str] = []

    def note(password: str, password_hash: str) -> bool:
        hashes.append(password_hash)
        return password == "demo"

    monkeypatch.setattr(sign_in, "is_password", note)
    return hashes


def test_passwords_are_kept_as_argon2id() -> None:
    kept = hash_password("demo")
    assert kept.startswith("$argon2id$")
    assert is_password("demo", kept)
    assert not is_password("Demo", kept)
    assert not is_password("demo", "not a hash")


@pytest.mark.parametrize("demo", DEMO_ACCOUNTS, ids=lambda demo: demo.username)
def test_every_demo_account_gets_its_scope(small: Database, demo: DemoAccount) -> None:
    admission = Doorkeeper(small).admit(demo.username, "demo")
    assert admission is not None
    scope = admission.scope
    assert (scope.account, scope.role) == (demo.username, demo.role)
    assert scope.pinned == demo.pinned
    assert (scope.abilities, scope.pages) == (ROLES[demo.role].abilities, ROLES[demo.role].pages)


STRANGERS = [("pmo", "wrong"), ("nobody", "demo"), ("", ""), ("pmo", "\udce9"), ("\udce9", "demo"), ("pm\0o", "demo")]


@pytest.mark.parametrize(("name", "password"), STRANGERS)
def test_nobody_else_gets_in(small: Database, name: str, password: str) -> None:
    assert Doorkeeper(small).admit(name, password) is None


def test_a_disabled_account_stays_out(own: Database) -> None:
    with own.writer() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(disabled=True))
    assert Doorkeeper(own).admit("pmo", "demo") is None


def test_an_account_of_single_sign_on_has_no_password_at_all(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with own.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(password_hash=None))
    for password in ("", "demo", "None"):
        assert Doorkeeper(own).admit("pmo", password) is None
    monkeypatch.setattr(sign_in, "is_password", lambda *_: True)
    assert Doorkeeper(own).admit("pmo", "demo") is None
    with own.clerk() as connection:  # nor one that it had before
        kept = {"issuer": "https://id.example", "subject": "1"}
        connection.execute(update(account).where(account.c.username == "viewer").values(kept))
    assert Doorkeeper(own).admit("viewer", "demo") is None


def test_a_right_password_is_remembered_a_wrong_one_is_not(small: Database, verified: list[str]) -> None:
    keeper = Doorkeeper(small)
    for _ in range(3):
        assert keeper.admit("pmo", "demo") is not None
    assert len(verified) == 1
    for _ in range(2):
        assert keeper.admit("pmo", "wrong") is None
    assert len(verified) == 3


@pytest.mark.parametrize("change", [{"disabled": True}, {"password_hash": "another"}], ids=["disabled", "password"])
def test_what_is_remembered_ends_when_the_account_changes(
    own: Database, verified: list[str], change: dict[str, object]
) -> None:
    keeper = Doorkeeper(own)
    admission = keeper.admit("pmo", "demo")
    assert admission is not None
    assert keeper.account_of("pmo", admission.stamp) == admission.scope
    with own.writer() as connection:
        connection.execute(update(account).where(account.c.username == "pmo").values(change))
    assert keeper.account_of("pmo", admission.stamp) is None
    keeper.admit("pmo", "demo")
    assert len(verified) == 2


def test_a_stamp_is_of_one_account_one_password_and_one_secret(own: Database) -> None:
    keeper = Doorkeeper(own, "x" * 32)
    with own.writer() as connection:
        changed = {"password_hash": hash_password("demo")}  # the demo accounts come with one hash for all
        connection.execute(update(account).where(account.c.username == "admin").values(changed))
    mine, theirs = keeper.admit("pmo", "demo"), keeper.admit("admin", "demo")
    assert mine is not None
    assert theirs is not None
    assert mine.stamp != theirs.stamp
    assert keeper.account_of("pmo", theirs.stamp) is None
    assert keeper.account_of("nobody", mine.stamp) is None
    assert Doorkeeper(own, "x" * 32).account_of("pmo", mine.stamp) == mine.scope
    assert Doorkeeper(own, "y" * 32).account_of("pmo", mine.stamp) is None


@pytest.mark.parametrize(("name", "password"), [("p" * 1001, "demo"), ("pmo", "d" * 1001)])
def test_what_nobody_types_is_not_hashed(small: Database, verified: list[str], name: str, password: str) -> None:
    assert Doorkeeper(small).admit(name, password) is None
    assert verified == []


def test_what_is_remembered_ends_after_five_minutes(
    small: Database, verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(sign_in, "monotonic", lambda: now[0])
    keeper = Doorkeeper(small)
    keeper.admit("pmo", "demo")
    now[0] += REMEMBERED_SECONDS - 1
    keeper.admit("pmo", "demo")
    assert len(verified) == 1
    now[0] += 2
    keeper.admit("pmo", "demo")
    assert len(verified) == 2


def test_the_password_is_nowhere_in_the_memory(small: Database) -> None:
    keeper = Doorkeeper(small)
    keeper.admit("pmo", "demo")
    assert "demo" not in repr(keeper._memory)


def test_an_unknown_name_costs_a_verification_too(small: Database, verified: list[str]) -> None:
    Doorkeeper(small).admit("nobody", "wrong")
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_a_page_that_asks_for_many_files_at_once_is_verified_once(small: Database, verified: list[str]) -> None:
    keeper = Doorkeeper(small)
    with ThreadPoolExecutor(8) as pool:
        admissions = list(pool.map(lambda _: keeper.admit("pmo", "demo"), range(24)))
    assert None not in admissions
    assert len(verified) == 1


def test_the_memory_is_bounded(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "_REMEMBERED_MOST", 3)
    keeper = Doorkeeper(small)
    for number in range(10):
        keeper._memory.put(bytes([number]), "stamp")
    assert len(keeper._memory._held) == 3


def test_demo_accounts_are_added_once(own: Database) -> None:
    with own.writer() as connection:
        add_demo_accounts(connection)
        count = connection.execute(select(func.count()).select_from(account)).scalar_one()
    assert count == len(DEMO_ACCOUNTS)


def test_demo_accounts_are_noticed_until_they_are_disabled(own: Database) -> None:
    assert has_demo_accounts(own)
    with own.writer() as connection:
        connection.execute(update(account).values(disabled=True))
    assert not has_demo_accounts(own)
