"""Whether a database can be served with these settings: asked once, before anybody is let in."""

from contextlib import closing

from data_access.accounts.claims import pins_named
from data_access.accounts.guests import check_pins
from data_access.accounts.problem import AccountProblem
from data_access.accounts.provider import Provider
from data_access.accounts.settings_note import note_settings
from data_access.accounts.sign_in import has_demo_accounts
from data_access.database import Database
from data_access.existing import open_existing
from data_access.intake.feed.inventor import first_moment
from data_access.settings import Settings, SettingsProblem


def check_served(settings: Settings) -> None:
    """Note the settings, where they will do. Raises SettingsProblem or DatabaseProblem, in one sentence, if not.

    All connections are closed again: processes that are forked after it share none.
    """
    with closing(open_existing(settings.database_url, settings.query_seconds)) as database:
        if not settings.is_local and not settings.allow_demo and has_demo_accounts(database):
            raise SettingsProblem(
                "This database has demo accounts whose password everybody knows, so it is not served on "
                f"HOST={settings.host}; set ALLOW_DEMO=1 to serve it all the same."
            )
        if settings.provider:
            _check_rules(settings.provider, database)
        if settings.feed:
            first_moment(database)
        note_settings(database, settings)


def _check_rules(provider: Provider, database: Database) -> None:
    try:
        check_pins(database, pins_named(provider.rules))
    except AccountProblem as problem:
        raise SettingsProblem(f"OIDC_CLAIMS pins to what is not there. {problem}") from problem
