"""What the variables of the environment say, each read by the rules of its kind; mistakes are gathered, not thrown."""

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data_access.accounts.provider import Provider, ProviderProblem, is_loopback, provider_from
from data_access.database import DEFAULT_URL, DRIVERS

T = TypeVar("T")
_TRUE: Final = frozenset({"1", "true", "yes"})
_FALSE: Final = frozenset({"", "0", "false", "no"})
_HOST: Final = re.compile(r"\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_KEY: Final = 32  # letters of a secret, at least
_SHOWN: Final = 60  # letters of a wrong value that are repeated


class SettingsProblem(ValueError):
    """Settings that cannot be used; the message names each and says how to mend it."""


@dataclass
class Told:
    """Reads variables. What cannot be used is noted in `mistakes`, one sentence each, and stands as its default."""

    environ: Mapping[str, str]
    mistakes: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What is set, without space around it; empty where nothing is."""
        return self.environ.get(name, "").strip()

    def database_url(self, name: str) -> str:
        """The address of a database of a kind that we run on; empty where it is none: then nothing is held to it."""
        url = self.text(name) or DEFAULT_URL
        try:
            driver = make_url(url).drivername
        except ArgumentError:
            # The text may hold a password, so it is not repeated.
            return self._wrong(f"{name} is not a database address; write it as {DEFAULT_URL}.", "")
        if driver not in DRIVERS:
            return self._wrong(f"{name} names {driver}; Jawabdeh runs on {', '.join(DRIVERS)}.", "")
        return url

    def read_url(self, name: str, database_url: str) -> str:
        """The address of what follows the database; empty where nothing is set."""
        url = self.database_url(name) if self.text(name) else ""
        if url and database_url and not (url.startswith("postgresql") and database_url.startswith("postgresql")):
            return self._wrong(
                f"{name} is the address of a PostgreSQL that follows the one in DATABASE_URL; leave it out, or give "
                "both as postgresql+psycopg://…",
                "",
            )
        return url

    def workers(self, name: str, database_url: str) -> int:
        """How many processes serve."""
        workers = self.whole(name, 1, least=1, most=64)
        if workers > 1 and database_url.startswith("duckdb"):
            sentence = (
                f"{name}={workers} needs PostgreSQL in DATABASE_URL: DuckDB lets one process in; leave {name} out."
            )
            return self._wrong(sentence, 1)
        return workers

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number."""
        return self._number(name, default, least, most, "cannot be used; give a whole number")

    def port(self, name: str, default: int) -> int:
        """A port."""
        return self._number(name, default, 1, 65535, "is not a port; give a whole number")

    def pace(self, name: str, default: int) -> int:
        """Simulated seconds that pass in a real one."""
        return self._number(name, default, 1, 86_400, "is not a pace; give a whole number")

    def time(self, name: str, default: int, most: int) -> int:
        """A length of time, in the unit that the name ends with."""
        unit = name.rpartition("_")[2].lower()
        return self._number(name, default, 1, most, f"is not a length of time; give a whole number of {unit}")

    def _number(self, name: str, default: int, least: int, most: int, wrong: str) -> int:
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            return self._wrong(f"{name}={text[:_SHOWN]} {wrong} from {least} to {most}.", default)
        return int(text)

    def switch(self, name: str) -> bool:
        """On or off."""
        text = self.text(name)
        if text.lower() not in _TRUE | _FALSE:
            sentence = f"{name}={text[:_SHOWN]} is neither on nor off; write {name}=1 or leave it out."
            return self._wrong(sentence, default=False)
        return text.lower() in _TRUE

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """One of these words; empty where nothing is set."""
        text = self.text(name).lower()
        if text and text not in known:
            return self._wrong(f"{name}={text[:_SHOWN]} is not known; write one of {', '.join(known)}.", "")
        return text

    def hosts(self, name: str) -> tuple[str, ...]:
        """Names of hosts; one that begins with a dot stands for all that end so."""
        hosts = tuple(host.lower() for host in self.environ.get(name, "").replace(",", " ").split())
        for host in hosts:
            if not _HOST.fullmatch(host):
                return self._wrong(
                    f"{name} names {host[:_SHOWN]}, which is no name of a host; write names without scheme and port, "
                    "such as jawabdeh.gov.pk, or .gov.pk for all that end so.",
                    (),
                )
        return hosts

    def folder(self, name: str) -> Path | None:
        """A folder, there or not."""
        return Path(text) if (text := self.text(name)) else None

    def existing_folder(self, name: str) -> Path | None:
        """A folder in which files can be made."""
        folder = self.folder(name)
        if folder is not None and not (folder.is_dir() and os.access(folder, os.W_OK)):
            return self._wrong(f"{name}={folder} is no folder that the server can write to; make it first.", None)
        return folder

    def token(self, name: str) -> str:
        """A key that programs bring; empty where none is set."""
        text = self.text(name)
        if text and (len(text) < _KEY or not text.isascii() or not text.isprintable() or " " in text):
            sentence = f"{name} is no good key; give {_KEY} random letters and digits or more, without spaces."
            return self._wrong(sentence, "")
        return text

    def provider(self) -> Provider | None:
        """The provider of single sign-on."""
        try:
            return provider_from(self.environ)
        except ProviderProblem as problem:
            return self._wrong(str(problem), None)

    def secret_key(self, name: str, host: str) -> str:
        """The key that is given; empty where none is and none has to be."""
        given = self.environ.get(name, "")
        if not given and not is_loopback(host):
            return self._wrong(
                f"With HOST={host} others can reach the server, so {name} must be set: 32 random characters or more, "
                "the same at every start.",
                "",
            )
        if given and len(given) < _KEY:
            return self._wrong(f"{name} is shorter than 32 characters; give 32 random ones or more.", "")
        return given

    def _wrong(self, sentence: str, default: T) -> T:
        self.mistakes.append(sentence)
        return default


def kept_key(path: Path) -> str:
    """The key in this file, made at the first time. Raises SettingsProblem."""
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
    if len(key) < _KEY:
        raise SettingsProblem(f"The secret key in {path} is too short; delete the file and a new one is made.")
    return key
