"""What the environment may set. Read once, by `app.py`; every mistake is one sentence for whoever starts it."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data_access.accounts.provider import Provider, ProviderProblem, is_loopback, provider_from
from data_access.database import DEFAULT_URL

_TRUE: Final = frozenset({"1", "true", "yes"})
_FALSE: Final = frozenset({"", "0", "false", "no"})
_HOST: Final = re.compile(r"\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


class SettingsProblem(ValueError):
    """A setting that cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """How this server runs. Made by `from_environment`, or by hand in tests."""

    secret_key: str = field(repr=False)  # signs sessions; never printed
    database_url: str = field(default=DEFAULT_URL, repr=False)  # may hold a password
    host: str = "127.0.0.1"
    port: int = 8050
    read_url: str = field(default="", repr=False)  # of a replica that figures are read from; may hold a password
    workers: int = 1  # processes that serve; more than one on PostgreSQL alone
    threads: int = 8  # of each of them
    allow_demo: bool = False
    idle_minutes: int = 120  # without activity, after which a session ends
    session_hours: int = 12  # after which it ends in any case
    display_days: int = 30  # after which that of a wall screen ends
    feed: bool = False  # play invented events on, in a database with the sample
    feed_pace: int = 120  # simulated seconds that pass in a real one
    provider: Provider | None = None  # of single sign-on
    trusted_proxies: int = 0  # proxies one behind the other whose word on address, scheme and host is taken
    allowed_hosts: tuple[str, ...] = ()  # names that the server is asked by; none: see `host_names`
    hsts_days: int = 365  # for which browsers that came by https come by nothing else; 0: do not say so
    rate_per_minute: int = 900  # requests of one account
    exports_per_minute: int = 30  # files of one account
    query_seconds: int = 30  # after which a question is cut off
    import_mb: int = 4096  # of files that are sent at once to be imported
    boundaries_dir: Path | None = None  # official boundaries; without it, maps are drawn from ours

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], folder: Path = Path("var")) -> Self:
        """The settings in these variables; what is not set has its default. Raises SettingsProblem.

        The secret key is made in `folder` at the first start and kept, so that a restart signs nobody out. Whoever
        serves others brings one: a folder that is copied with its key would let its owner sign in everywhere.
        """
        host = environ.get("HOST", "").strip() or "127.0.0.1"
        database_url = _database_url("DATABASE_URL", environ.get("DATABASE_URL", ""))
        workers = _whole("WORKERS", environ, default=1, least=1, most=64)
        return cls(
            secret_key=_secret_key(environ.get("SECRET_KEY", ""), folder / "secret_key", host),
            database_url=database_url,
            read_url=_read_url(environ.get("READ_DATABASE_URL", "").strip(), database_url),
            workers=_of_one_file(workers, database_url),
            threads=_whole("THREADS", environ, default=8, least=2, most=64),
            host=host,
            port=_port(environ.get("PORT", "").strip() or "8050"),
            allow_demo=_switch("ALLOW_DEMO", environ.get("ALLOW_DEMO", "").strip()),
            idle_minutes=_time("SESSION_IDLE_MINUTES", environ.get("SESSION_IDLE_MINUTES", "").strip() or "120", 1440),
            session_hours=_time("SESSION_HOURS", environ.get("SESSION_HOURS", "").strip() or "12", 720),
            display_days=_time("DISPLAY_DAYS", environ.get("DISPLAY_DAYS", "").strip() or "30", 366),
            feed=_switch("FEED", environ.get("FEED", "").strip()),
            feed_pace=_pace(environ.get("FEED_PACE", "").strip() or "120"),
            provider=_provider(environ),
            trusted_proxies=_whole("TRUSTED_PROXIES", environ, default=0, least=0, most=10),
            allowed_hosts=_hosts(environ.get("ALLOWED_HOSTS", "")),
            hsts_days=_whole("HSTS_DAYS", environ, default=365, least=0, most=3650),
            rate_per_minute=_whole("RATE_PER_MINUTE", environ, default=900, least=60, most=1_000_000),
            exports_per_minute=_whole("EXPORTS_PER_MINUTE", environ, default=30, least=1, most=1_000_000),
            query_seconds=_whole("QUERY_SECONDS", environ, default=30, least=1, most=3600),
            import_mb=_whole("IMPORT_MB", environ, default=4096, least=1, most=1_000_000),
            boundaries_dir=Path(given) if (given := environ.get("BOUNDARIES_DIR", "").strip()) else None,
        )

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def host_names(self) -> tuple[str, ...] | None:
        """The names that the server may be asked by, besides addresses of the internet protocol; None: by any.

        What only this machine can reach goes by any name unless it is told: a proxy before it has the name.
        """
        if self.allowed_hosts:
            return self.allowed_hosts
        return None if self.is_local else ("localhost", self.host)


def _database_url(name: str, text: str) -> str:
    url = text.strip() or DEFAULT_URL
    try:
        driver = make_url(url).drivername
    except ArgumentError:
        # The text may hold a password, so it is not repeated.
        raise SettingsProblem(f"{name} is not a database address; write it as {DEFAULT_URL}.") from None
    if driver.split("+")[0] not in {"duckdb", "postgresql"}:
        raise SettingsProblem(f"{name} names {driver}; Jawabdeh runs on duckdb and postgresql.")
    return url


def _read_url(text: str, database_url: str) -> str:
    url = _database_url("READ_DATABASE_URL", text) if text else ""
    if url and not (url.startswith("postgresql") and database_url.startswith("postgresql")):
        raise SettingsProblem(
            "READ_DATABASE_URL is the address of a PostgreSQL that follows the one in DATABASE_URL; leave it out, or "
            "give both as postgresql+psycopg://…"
        )
    return url


def _of_one_file(workers: int, database_url: str) -> int:
    if workers > 1 and database_url.startswith("duckdb"):
        raise SettingsProblem(
            f"WORKERS={workers} needs PostgreSQL in DATABASE_URL: DuckDB lets one process in; leave WORKERS out."
        )
    return workers


def _provider(environ: Mapping[str, str]) -> Provider | None:
    try:
        return provider_from(environ)
    except ProviderProblem as problem:
        raise SettingsProblem(str(problem)) from problem


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingsProblem(f"PORT={text} is not a port; give a whole number from 1 to 65535.")
    return int(text)


def _pace(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= 86_400):
        raise SettingsProblem(f"FEED_PACE={text} is not a pace; give a whole number from 1 to 86400.")
    return int(text)


def _time(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= most):
        unit = name.rpartition("_")[2].lower()
        raise SettingsProblem(f"{name}={text} is not a length of time; give a whole number of {unit} from 1 to {most}.")
    return int(text)


def _whole(name: str, environ: Mapping[str, str], *, default: int, least: int, most: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise SettingsProblem(f"{name}={text} cannot be used; give a whole number from {least} to {most}.")
    return int(text)


def _hosts(text: str) -> tuple[str, ...]:
    names = tuple(name.lower() for name in text.replace(",", " ").split())
    for name in names:
        if not _HOST.fullmatch(name):
            raise SettingsProblem(
                f"ALLOWED_HOSTS names {name}, which is no name of a host; write names without scheme and port, such as "
                "jawabdeh.gov.pk, or .gov.pk for all that end so."
            )
    return names


def _switch(name: str, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise SettingsProblem(f"{name}={text} is neither on nor off; write {name}=1 or leave it out.")
    return text.lower() in _TRUE


def _secret_key(given: str, path: Path, host: str) -> str:
    if not given and not is_loopback(host):
        raise SettingsProblem(
            f"With HOST={host} others can reach the server, so SECRET_KEY must be set: 32 random characters or more, "
            "the same at every start."
        )
    if given:
        if len(given) < 32:
            raise SettingsProblem("SECRET_KEY is shorter than 32 characters; give 32 random ones or more.")
        return given
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Born with mode 600, so others can never read it; of two that start at once, one makes it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsProblem(f"The secret key cannot be kept in {path} ({error.strerror}).") from error
    try:
        key = path.read_text().strip()
    except OSError as error:
        raise SettingsProblem(f"The secret key in {path} cannot be read ({error.strerror}).") from error
    if len(key) < 32:
        raise SettingsProblem(f"The secret key in {path} is too short; delete the file and a new one is made.")
    return key
