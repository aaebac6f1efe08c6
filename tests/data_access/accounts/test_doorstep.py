"""What is told before anybody has signed in."""

from sqlalchemy import update

from data_access.accounts.demo import DEMO_ACCOUNTS
from data_access.accounts.doorstep import ShownAccount, read_doorstep
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.tables.accounts import account
from tests.app.small import LABEL


def test_the_sample_is_labelled_and_its_accounts_are_named(own: Database) -> None:
    found = read_doorstep(own)
    assert found.label == LABEL
    assert [shown.username for shown in found.demo] == [demo.username for demo in DEMO_ACCOUNTS]
    assert found.demo[1] == ShownAccount("cs-sindh", "chief_secretary", ("Sindh",))
    assert found.demo[4] == ShownAccount("dc-karachi-south", "chief_secretary", ("Karachi South", "Sindh"))
    assert found.demo[0].pinned == ()


def test_accounts_are_named_only_while_everybody_may_use_them(own: Database) -> None:
    with own.writer() as connection:
        connection.execute(update(account).where(account.c.username == "admin").values(disabled=True))
        connection.execute(update(account).where(account.c.username == "pmo").values(demo=False))
    assert [shown.username for shown in read_doorstep(own).demo] == [
        "cs-sindh",
        "cs-sindh-2",
        "cs-punjab",
        "dc-karachi-south",
        "presenter",
        "viewer",
        "display",
    ]


def test_real_data_have_neither(database_url: str) -> None:
    database = open_database(database_url)
    lay_ground(database, "real")
    found = read_doorstep(database)
    database.close()
    assert (found.label, found.demo) == ("", ())
