"""What the environment may set. Read once, by `app.py`; each mistake is one sentence for whoever starts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from data_access.accounts.provider import Provider, is_loopback
from data_access.database import DEFAULT_URL
from data_access.told import SettingsProblem, Told, kept_key

__all__ = ["Settings", "SettingsProblem"]


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
    backup_dir: Path = Path("var/backups")  # where the server puts backups
    backup_token: str = field(default="", repr=False)  # has a backup made, and nothing else
    metrics_token: str = field(default="", repr=False)  # opens /metrics; empty: only administrators read it
    metrics_dir: Path | None = None  # where several processes add up what they count
    log_format: str = ""  # json or plain; empty: plain on a terminal
    log_level: str = ""  # debug to error; empty: info as json, warning on a terminal
    stop_seconds: int = 20  # that requests under way have to end when the server stops

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], folder: Path = Path("var")) -> Self:
        """The settings in these variables; what is not set has its default.

        Raises SettingsProblem with all that is wrong, a sentence and a line each.

        The secret key is made in `folder` at the first start and kept, so that a restart signs nobody out. Whoever
        serves others brings one: a folder that is copied with its key would let its owner sign in everywhere.
        """
        told = Told(environ)
        host = told.text("HOST") or "127.0.0.1"
        secret_key, database_url = told.secret_key("SECRET_KEY", host), told.database_url("DATABASE_URL")
        settings = cls(
            secret_key=secret_key,
            database_url=database_url,
            read_url=told.read_url("READ_DATABASE_URL", database_url),
            workers=told.workers("WORKERS", database_url),
            threads=told.whole("THREADS", 8, least=2, most=64),
            host=host,
            port=told.port("PORT", 8050),
            allow_demo=told.switch("ALLOW_DEMO"),
            idle_minutes=told.time("SESSION_IDLE_MINUTES", 120, 1440),
            session_hours=told.time("SESSION_HOURS", 12, 720),
            display_days=told.time("DISPLAY_DAYS", 30, 366),
            feed=told.switch("FEED"),
            feed_pace=told.pace("FEED_PACE", 120),
            provider=told.provider(),
            trusted_proxies=told.whole("TRUSTED_PROXIES", 0, least=0, most=10),
            allowed_hosts=told.hosts("ALLOWED_HOSTS"),
            hsts_days=told.whole("HSTS_DAYS", 365, least=0, most=3650),
            rate_per_minute=told.whole("RATE_PER_MINUTE", 900, least=60, most=1_000_000),
            exports_per_minute=told.whole("EXPORTS_PER_MINUTE", 30, least=1, most=1_000_000),
            query_seconds=told.whole("QUERY_SECONDS", 30, least=1, most=3600),
            import_mb=told.whole("IMPORT_MB", 4096, least=1, most=1_000_000),
            boundaries_dir=told.folder("BOUNDARIES_DIR"),
            backup_dir=told.folder("BACKUP_DIR") or folder / "backups",
            backup_token=told.token("BACKUP_TOKEN"),
            metrics_token=told.token("METRICS_TOKEN"),
            metrics_dir=told.existing_folder("PROMETHEUS_MULTIPROC_DIR"),
            log_format=told.one_of("LOG_FORMAT", ("json", "plain")),
            log_level=told.one_of("LOG_LEVEL", ("debug", "info", "warning", "error")),
            stop_seconds=told.whole("STOP_SECONDS", 20, least=0, most=3600),
        )
        if told.mistakes:
            raise SettingsProblem("\n".join(told.mistakes))
        return settings if settings.secret_key else replace(settings, secret_key=kept_key(folder / "secret_key"))

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
