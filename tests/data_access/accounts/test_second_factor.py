"""One-time codes: of the right time, each once, and their secret sealed; on both engines."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import select, update

from data_access.accounts.demo import add_demo_accounts
from data_access.accounts.problem import AccountProblem
from data_access.accounts.second_factor import SecondFactors, Verdict
from data_access.accounts.sign_in import Doorkeeper
from data_access.database import Database, open_database
from data_access.schema import upgrade
from data_access.tables.accounts import account, audit_entry
from tests.app.small import owned
from tests.app.visiting import Hands

KEY = "x" * 32


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Accounts and nothing else."""
    opened = open_database(database_url)
    upgrade(opened)
    with opened.clerk() as connection:
        add_demo_accounts(connection)
    owned(opened, "pmo")
    yield opened
    opened.close()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def factors(database: Database, hands: Hands) -> SecondFactors:
    return SecondFactors(database, KEY, hands)


@pytest.fixture
def secret(factors: SecondFactors, hands: Hands) -> str:
    """The secret of `pmo`, turned on a minute and a half ago."""
    offered = factors.offered()
    assert factors.set_for("pmo", offered, code(offered, hands))
    hands.seconds += 90
    return offered


def code(secret: str, hands: Hands, steps: int = 0) -> str:
    """What a telephone shows, so many steps of time away from now."""
    return pyotp.TOTP(secret).at(hands.seconds, counter_offset=steps)


def kept(database: Database) -> str:
    with database.snapshot() as connection:
        return str(connection.execute(select(account.c.second_factor).where(account.c.username == "pmo")).scalar())


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_counts_a_step_before_and_after_its_time(
    factors: SecondFactors, hands: Hands, secret: str, steps: int
) -> None:
    assert factors.take("pmo", code(secret, hands, steps)) is Verdict.RIGHT


def test_what_is_no_code_of_this_time(factors: SecondFactors, hands: Hands, secret: str) -> None:
    for steps in (-2, 2, 100):
        assert factors.take("pmo", code(secret, hands, steps)) is Verdict.WRONG
    for typed in ("", "x", "12345", "\udce9", "۱۲۳۴۵۶", "0" * 10_000):
        assert factors.take("pmo", typed) is Verdict.WRONG
    for username in ("viewer", "nobody"):
        assert factors.take(username, code(secret, hands)) is Verdict.WRONG


def test_a_code_may_be_typed_with_spaces(factors: SecondFactors, hands: Hands, secret: str) -> None:
    shown = code(secret, hands)
    assert factors.take("pmo", f" {shown[:3]} {shown[3:]} ") is Verdict.RIGHT


def test_a_code_is_taken_once_and_none_before_it(factors: SecondFactors, hands: Hands, secret: str) -> None:
    before, now, after = (code(secret, hands, steps) for steps in (-1, 0, 1))
    assert factors.take("pmo", now) is Verdict.RIGHT
    assert factors.take("pmo", now) is Verdict.WRONG
    assert factors.take("pmo", before) is Verdict.WRONG
    assert factors.take("pmo", after) is Verdict.RIGHT
    hands.seconds += 30
    assert factors.take("pmo", after) is Verdict.WRONG


def test_of_many_who_bring_one_code_at_once_one_is_let_in(factors: SecondFactors, hands: Hands, secret: str) -> None:
    shown = code(secret, hands)
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda _: factors.take("pmo", shown), range(16)))
    assert verdicts.count(Verdict.RIGHT) == 1


def test_the_code_that_turned_it_on_is_taken(factors: SecondFactors, hands: Hands) -> None:
    offered = factors.offered()
    shown = code(offered, hands)
    assert factors.set_for("pmo", offered, shown)
    assert factors.take("pmo", shown) is Verdict.WRONG


def test_without_a_code_it_is_not_turned_on(factors: SecondFactors, database: Database) -> None:
    assert not factors.set_for("pmo", factors.offered(), "000000x")
    assert kept(database) == "None"


def test_it_is_for_accounts_with_a_password_of_their_own(
    factors: SecondFactors, database: Database, hands: Hands
) -> None:
    elsewhere = {"demo": False, "issuer": "https://id.example", "subject": "1"}
    with database.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "admin").values(elsewhere))
    for username in ("viewer", "admin", "nobody"):
        offered = factors.offered()
        with pytest.raises(AccountProblem):
            factors.set_for(username, offered, code(offered, hands))
    with database.snapshot() as connection:
        assert set(connection.execute(select(account.c.second_factor)).scalars()) == {None}


def test_turning_it_on_ends_sessions_and_passwords_alone(
    factors: SecondFactors, database: Database, hands: Hands
) -> None:
    keeper = Doorkeeper(database, KEY)
    before = keeper.admit("pmo", "demo")
    assert before is not None
    assert not before.second_factor
    offered = factors.offered()
    factors.set_for("pmo", offered, code(offered, hands))
    assert keeper.account_of("pmo", before.stamp) is None
    for after in (keeper.admit("pmo", "demo"), keeper.remembered("pmo", "demo"), keeper.vouched("pmo")):
        assert after is not None
        assert after.second_factor


def test_the_secret_is_sealed_for_one_account_and_one_server(
    factors: SecondFactors, database: Database, hands: Hands, secret: str
) -> None:
    assert secret not in kept(database)
    other = SecondFactors(database, "y" * 32, hands)
    assert other.take("pmo", code(secret, hands)) is Verdict.LOST
    assert other.remove("pmo", code(secret, hands)) is Verdict.LOST
    with database.clerk() as connection:  # whoever can write to the table cannot give one account's secret to another
        mine = select(account.c.second_factor).where(account.c.username == "pmo").scalar_subquery()
        connection.execute(update(account).where(account.c.username == "viewer").values(second_factor=mine))
    assert factors.take("viewer", code(secret, hands)) is Verdict.LOST
    assert factors.take("pmo", code(secret, hands)) is Verdict.RIGHT


def test_it_is_turned_off_by_a_code(factors: SecondFactors, database: Database, hands: Hands, secret: str) -> None:
    assert factors.remove("pmo", "000000x") is Verdict.WRONG
    assert kept(database) != "None"
    assert factors.remove("pmo", code(secret, hands)) is Verdict.RIGHT
    assert kept(database) == "None"
    with database.snapshot() as connection:
        actions = list(connection.execute(select(audit_entry.c.action).order_by(audit_entry.c.id)).scalars())
    assert actions == ["second-factor-set", "second-factor-removed"]


def test_what_a_telephone_reads(factors: SecondFactors) -> None:
    address = factors.address_of("cs sindh", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert address == "otpauth://totp/Jawabdeh:cs%20sindh?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Jawabdeh"
