"""Dockerfile and compose.yaml: what they promise, read from the files; tests have no engine to build them with."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # has no types of its own

from dashboard.web.guard import OPEN_PATHS
from data_access.settings import Settings
from tests.test_security_page import variables

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"[a-z/]+:\d+(\.\d+)*-[a-z-]+")
"""An image by version and distribution: never the newest of anything."""


def instructions() -> Iterator[tuple[str, str]]:
    """Instruction and arguments, lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    for line in filter(None, text.splitlines()):
        name, _, rest = line.partition(" ")
        yield name, rest.strip()


WHOLE = list(instructions())
LAST = WHOLE[max(place for place, (name, _) in enumerate(WHOLE) if name == "FROM") :]


def last(name: str) -> list[str]:
    """The arguments of an instruction in the image that is run."""
    return [rest for one, rest in LAST if one == name]


def environment() -> dict[str, str]:
    """What the image sets."""
    return dict(part.split("=", 1) for rest in last("ENV") for part in shlex.split(rest))


def test_images_are_pinned() -> None:
    images = [rest.split(" ")[0] for name, rest in WHOLE if name == "FROM"]
    assert images
    assert all(PINNED.fullmatch(image) for image in (*images, COMPOSE["services"]["database"]["image"]))


def test_nobody_is_root() -> None:
    (user,) = last("USER")
    assert all(int(part) >= 10_000 for part in user.split(":"))
    order = [name for name, _ in LAST]
    assert order.index("USER") > max(place for place, name in enumerate(order) if name in {"RUN", "COPY"})
    assert user.split(":")[0] in next(rest for rest in last("RUN") if rest.startswith("useradd"))
    assert all("--chown" not in rest for rest in last("COPY"))  # the code is not the user's to change


def test_it_holds_what_the_server_needs_and_nothing_else() -> None:
    copied = [rest.split()[0].removeprefix("./") for rest in last("COPY") if not rest.startswith("--from")]
    assert all((ROOT / name).exists() for name in copied)
    house = {one.parent.name for one in ROOT.glob("*/__init__.py")} - {"tests", "tools"}
    assert set(copied) == {"app.py", "assets", *house}
    assert not [rest for name, rest in LAST if name == "RUN" and re.search(r"apt-get|pip|gcc", rest)]
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == {*copied, "requirements.txt"}


def test_signals_reach_the_server() -> None:
    (command,) = last("CMD")
    assert json.loads(command) == ["python", "app.py"]  # no shell between
    assert last("STOPSIGNAL") == ["SIGTERM"]
    assert not last("ENTRYPOINT")


def test_its_health_is_asked_where_nobody_signs_in() -> None:
    (check,) = last("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[0] == "python"
    assert "/healthz" in command[2]
    assert "/healthz" in OPEN_PATHS
    compile(command[2], "healthcheck", "exec")


def test_what_it_sets_is_known_and_starts() -> None:
    known = variables()
    ours = {name: value for name, value in environment().items() if name in known}
    assert ours.keys() == {"HOST", "PORT", "LOG_FORMAT"}
    settings = Settings.from_environment({**ours, "SECRET_KEY": "x" * 32})
    assert not settings.is_local
    assert str(settings.port) in last("EXPOSE")
    assert last("VOLUME") == ["/app/var"]
    assert settings.backup_dir.parts[0] == "var"


COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
APP, DATABASE = COMPOSE["services"]["app"], COMPOSE["services"]["database"]


def needed(text: str) -> set[str]:
    """The variables that must be set, each with a sentence for whoever forgot."""
    return {name for name, words in re.findall(r"\$\{(\w+):\?([^}]+)\}", text) if words.endswith(".")}


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert needed(text) == {"DATABASE_PASSWORD", "SECRET_KEY", "ALLOWED_HOSTS", "TRUSTED_PROXIES"}
    given = {**APP["environment"], **DATABASE["environment"]}
    secret = {name: value for name, value in given.items() if re.search("KEY|TOKEN|PASSWORD|URL", name)}
    assert all(re.search(r"\$\{\w+:[?-]", value) for value in secret.values())
    assert not re.search(r":-[^}]", text)  # what is left out is empty
    example = (ROOT / ".env.example").read_text()
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]
    assert all(line.endswith("=") for line in lines)
    assert {line[:-1] for line in lines} == set(re.findall(r"\$\{(\w+):", text))
    assert {".env", "settings.env"} <= set((ROOT / ".gitignore").read_text().splitlines())


def test_the_server_gets_settings_that_it_knows() -> None:
    assert APP["environment"].keys() <= variables()
    with_values = dict.fromkeys(("DATABASE_PASSWORD", "SECRET_KEY", "METRICS_TOKEN", "BACKUP_TOKEN"), "x" * 32)
    with_values |= {"ALLOWED_HOSTS": "jawabdeh.example", "TRUSTED_PROXIES": "1"}
    filled = {
        name: re.sub(r"\$\{(\w+):[^}]*\}", lambda found: with_values[found[1]], value)
        for name, value in APP["environment"].items()
    }
    settings = Settings.from_environment({**environment(), **filled})
    assert settings.database_url == f"postgresql+psycopg://jawabdeh:{'x' * 32}@database/jawabdeh"
    assert DATABASE["environment"]["POSTGRES_USER"] == DATABASE["environment"]["POSTGRES_DB"] == "jawabdeh"


def test_the_container_can_do_little() -> None:
    assert APP["read_only"] is True
    assert APP["cap_drop"] == ["ALL"]
    assert APP["init"] is True
    assert all("no-new-privileges:true" in one["security_opt"] for one in (APP, DATABASE))
    assert all(port.startswith("127.0.0.1:") for port in APP["ports"])
    assert "ports" not in DATABASE
    assert {volume.partition(":")[0] for one in (APP, DATABASE) for volume in one["volumes"]} == set(COMPOSE["volumes"])
    assert "data:/app/var" in APP["volumes"]


def test_a_stop_is_waited_for() -> None:
    """Longer than requests may take to end, and an import to be left."""
    seconds = int(APP["stop_grace_period"].removesuffix("s"))
    assert seconds >= Settings("x").stop_seconds + 30


def test_the_database_is_there_first() -> None:
    assert APP["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert DATABASE["healthcheck"]["test"][1] == "pg_isready"
    with pytest.raises(KeyError):
        APP["healthcheck"]  # the image has its own
