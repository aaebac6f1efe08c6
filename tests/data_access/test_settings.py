"""Settings: defaults, every mistake one clear sentence, the secret key kept to its owner."""

from pathlib import Path

import pytest

from data_access.database import DEFAULT_URL
from data_access.settings import Settings, SettingsProblem

KEY = {"SECRET_KEY": "k" * 32}


def test_nothing_set_gives_the_defaults(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, tmp_path)
    assert (settings.database_url, settings.host, settings.port) == (DEFAULT_URL, "127.0.0.1", 8050)
    assert not settings.allow_demo
    assert (settings.idle_minutes, settings.session_hours, settings.display_days) == (120, 12, 30)
    assert (settings.feed, settings.feed_pace) == (False, 120)
    assert (settings.trusted_proxies, settings.allowed_hosts, settings.hsts_days) == (0, (), 365)
    assert (settings.rate_per_minute, settings.exports_per_minute, settings.query_seconds) == (900, 30, 30)
    assert settings.boundaries_dir is None
    assert settings.is_local


def test_what_is_set_counts(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://a/b", "HOST": "0.0.0.0", "PORT": "80", "ALLOW_DEMO": "1", **KEY}
    settings = Settings.from_environment(environ, tmp_path)
    assert (settings.database_url, settings.host, settings.port) == ("postgresql://a/b", "0.0.0.0", 80)
    assert settings.allow_demo
    assert not settings.is_local


def test_several_workers_and_a_replica_are_for_postgresql(tmp_path: Path) -> None:
    several = {"WORKERS": "4", "THREADS": "16", "READ_DATABASE_URL": "postgresql://b/c"}
    settings = Settings.from_environment({"DATABASE_URL": "postgresql://a/b", **several}, tmp_path)
    assert (settings.workers, settings.threads, settings.read_url) == (4, 16, "postgresql://b/c")
    assert "postgresql" not in repr(settings)  # addresses may hold passwords
    assert Settings.from_environment({"THREADS": "4"}, tmp_path).workers == 1


def test_where_official_boundaries_are(tmp_path: Path) -> None:
    assert Settings.from_environment({"BOUNDARIES_DIR": " "}, tmp_path).boundaries_dir is None
    assert Settings.from_environment({"BOUNDARIES_DIR": "/srv/maps"}, tmp_path).boundaries_dir == Path("/srv/maps")


@pytest.mark.parametrize(("idle", "hours"), [("1", "1"), ("30", "8"), ("1440", "720")])
def test_how_long_a_session_lasts(tmp_path: Path, idle: str, hours: str) -> None:
    settings = Settings.from_environment({"SESSION_IDLE_MINUTES": idle, "SESSION_HOURS": f" {hours} "}, tmp_path)
    assert (settings.idle_minutes, settings.session_hours) == (int(idle), int(hours))


@pytest.mark.parametrize(("feed", "pace"), [("1", "1"), ("yes", "3600"), ("1", "86400")])
def test_a_feed_and_its_pace(tmp_path: Path, feed: str, pace: str) -> None:
    settings = Settings.from_environment({"FEED": feed, "FEED_PACE": pace}, tmp_path)
    assert (settings.feed, settings.feed_pace) == (True, int(pace))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "PORT=eighty is not a port"),
        ("PORT", "0", "1 to 65535"),
        ("PORT", "65536", "1 to 65535"),
        ("PORT", "٨٠", "whole number"),
        ("DATABASE_URL", "var/file.duckdb", "DATABASE_URL is not a database address"),
        ("DATABASE_URL", "mysql://a/b", "names mysql"),
        ("ALLOW_DEMO", "maybe", "ALLOW_DEMO=maybe"),
        ("WORKERS", "0", "WORKERS=0 cannot be used"),
        ("WORKERS", "2", "WORKERS=2 needs PostgreSQL in DATABASE_URL"),
        ("THREADS", "1", "THREADS=1 cannot be used; give a whole number from 2 to 64"),
        ("READ_DATABASE_URL", "postgresql://a/b", "leave it out, or give both as postgresql+psycopg://"),
        ("READ_DATABASE_URL", "garbage", "READ_DATABASE_URL is not a database address"),
        ("FEED", "maybe", "FEED=maybe"),
        ("FEED_PACE", "fast", "FEED_PACE=fast is not a pace"),
        ("FEED_PACE", "0", "1 to 86400"),
        ("FEED_PACE", "86401", "1 to 86400"),
        ("FEED_PACE", "1.5", "whole number"),
        ("FEED_PACE", "9" * 5000, "is not a pace"),
        ("SESSION_IDLE_MINUTES", "soon", "SESSION_IDLE_MINUTES=soon is not a length of time"),
        ("SESSION_IDLE_MINUTES", "0", "whole number of minutes from 1 to 1440"),
        ("SESSION_IDLE_MINUTES", "1441", "whole number of minutes from 1 to 1440"),
        ("DISPLAY_DAYS", "0", "whole number of days from 1 to 366"),
        ("SESSION_HOURS", "-1", "whole number of hours from 1 to 720"),
        ("SESSION_HOURS", "9" * 5000, "whole number of hours from 1 to 720"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES=-1 cannot be used; give a whole number from 0 to 10"),
        ("TRUSTED_PROXIES", "nginx", "from 0 to 10"),
        ("HSTS_DAYS", "forever", "HSTS_DAYS=forever cannot be used; give a whole number from 0 to 3650"),
        ("RATE_PER_MINUTE", "59", "RATE_PER_MINUTE=59 cannot be used; give a whole number from 60 to"),
        ("RATE_PER_MINUTE", "9" * 5000, "from 60 to"),
        ("EXPORTS_PER_MINUTE", "0", "EXPORTS_PER_MINUTE=0 cannot be used"),
        ("QUERY_SECONDS", "0", "QUERY_SECONDS=0 cannot be used; give a whole number from 1 to 3600"),
        ("ALLOWED_HOSTS", "https://x.pk", "ALLOWED_HOSTS names https://x.pk, which is no name of a host"),
        ("ALLOWED_HOSTS", "x.pk:443", "names x.pk:443"),
        ("ALLOWED_HOSTS", "a.pk, *.pk", "names *.pk"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter"),
        ("METRICS_TOKEN", "x" * 31, "METRICS_TOKEN is no good key; give 32 random letters and digits or more"),
        ("METRICS_TOKEN", "x y" * 11, "METRICS_TOKEN is no good key"),
        ("PROMETHEUS_MULTIPROC_DIR", "/nowhere", "PROMETHEUS_MULTIPROC_DIR=/nowhere is no folder that the server can"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT=xml is not known; write one of json, plain."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=loud is not known; write one of debug, info, warning, error."),
        ("STOP_SECONDS", "-1", "STOP_SECONDS=-1 cannot be used; give a whole number from 0 to 3600"),
        ("OIDC_NAME", "x", "OIDC_NAME is set without OIDC_ISSUER"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_it(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment({name: value}, tmp_path)
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("wrong", ["mysql://a/b", "postgresql+asyncpg://a/b", "garbage"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "READ_DATABASE_URL"])
def test_one_wrong_address_is_one_mistake_whatever_else_is_set(tmp_path: Path, name: str, wrong: str) -> None:
    good = {"DATABASE_URL": "postgresql://a/b", "READ_DATABASE_URL": "postgresql://b/c", "WORKERS": "2"}
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment({**good, name: wrong}, tmp_path)
    assert str(problem.value).startswith(f"{name} ")
    assert "\n" not in str(problem.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = {"PORT": "x", "DATABASE_URL": "mysql://a/b", "HOST": "0.0.0.0", "OIDC_NAME": "x", "LOG_LEVEL": "loud"}
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment({**wrong, "QUERY_SECONDS": "9" * 5000, "METRICS_TOKEN": "hunter2"}, tmp_path)
    lines = str(problem.value).splitlines()
    named = ["SECRET_KEY", "DATABASE_URL", "PORT", "OIDC_NAME", "QUERY_SECONDS", "METRICS_TOKEN", "LOG_LEVEL"]
    assert len(lines) == len(named)
    assert all(name in line for name, line in zip(named, lines, strict=True))
    assert all(len(line) < 200 and line.endswith(".") for line in lines)
    assert "hunter2" not in str(problem.value)
    assert list(tmp_path.iterdir()) == []  # no key is made for a server that does not start


def test_how_operators_see_it(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, tmp_path)
    assert (settings.metrics_token, settings.metrics_dir, settings.log_format, settings.log_level) == ("", None, "", "")
    assert (settings.backup_dir, settings.stop_seconds) == (tmp_path / "backups", 20)
    told = {"METRICS_TOKEN": "t" * 32, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "LOG_FORMAT": "JSON"}
    told |= {"LOG_LEVEL": "debug", "BACKUP_DIR": "/srv/backups", "STOP_SECONDS": "0"}
    settings = Settings.from_environment(told, tmp_path)
    assert (settings.metrics_token, settings.metrics_dir) == ("t" * 32, tmp_path)
    assert (settings.log_format, settings.log_level, settings.stop_seconds) == ("json", "debug", 0)
    assert settings.backup_dir == Path("/srv/backups")
    assert "tttt" not in repr(settings)


def test_a_password_in_the_address_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem) as problem:
        Settings.from_environment({"DATABASE_URL": "//user:hunter2@host"}, tmp_path)
    assert "hunter2" not in str(problem.value)


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    first = Settings.from_environment({}, folder)
    again = Settings.from_environment({}, folder)
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) == 64
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first.secret_key not in repr(first)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "jawabdeh.gov.pk"])
def test_whoever_serves_others_brings_the_secret_key(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsProblem, match=f"With HOST={host} others can reach the server, so SECRET_KEY must be"):
        Settings.from_environment({"HOST": host}, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert Settings.from_environment({"HOST": host, **KEY}, tmp_path).secret_key == "k" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "given", "names"),
    [
        ("127.0.0.1", "", None),
        ("0.0.0.0", "", ("localhost", "0.0.0.0")),
        ("jawabdeh.gov.pk", "", ("localhost", "jawabdeh.gov.pk")),
        ("127.0.0.1", "jawabdeh.gov.pk", ("jawabdeh.gov.pk",)),
        ("0.0.0.0", "Jawabdeh.gov.pk, .cabinet.gov.pk  localhost", ("jawabdeh.gov.pk", ".cabinet.gov.pk", "localhost")),
    ],
)
def test_the_names_of_the_server(tmp_path: Path, host: str, given: str, names: tuple[str, ...] | None) -> None:
    assert Settings.from_environment({"HOST": host, "ALLOWED_HOSTS": given, **KEY}, tmp_path).host_names == names


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://user:hunter2@host/x", "SECRET_KEY": "k" * 32}
    shown = repr(Settings.from_environment(environ, tmp_path))
    assert "hunter2" not in shown
    assert "kkkk" not in shown


def test_a_spoilt_secret_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("x")
    with pytest.raises(SettingsProblem, match="too short"):
        Settings.from_environment({}, tmp_path)


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(SettingsProblem, match=r"cannot be (kept|read)"):
        Settings.from_environment({}, tmp_path / "var")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("jawabdeh.gov.pk", False),
    ],
)
def test_only_loopback_is_local(host: str, local: bool) -> None:
    assert Settings(secret_key="x" * 32, host=host).is_local is local
