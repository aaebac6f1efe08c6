"""/admin/backups, and /api/v1/backups for what is done every night: backups of the database that the server holds."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, g, redirect
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.asking import BACKUPS_API, BACKUPS_PAGE
from dashboard.web.backups.desk import Backups
from dashboard.web.guard import current_scope
from dashboard.web.replies import as_json, refusal
from dashboard.words.dates import moment
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.backups.asked import Asker
from data_access.backups.kept import Kept, Unreadable
from data_access.backups.manifest import BackupProblem
from data_access.backups.turn import Busy, UnderWay
from data_access.full_disk import is_full

BACKUPS: Final = "jawabdeh-backups"
"""Under which the server has what makes them."""
_AGAIN: Final = 2
"""Seconds after which the page looks again, while one is made."""
_MIB: Final = 1 << 20
BY_KEY: Final = "backup token"
BUSY: Final = marked("A backup is being made already; wait for it.")
_ASKED: Final = marked("Asked for by {by}, {moment}.")
_WRITING: Final = marked("The table {table} is being written, {place} of {tables}; {rows} rows so far.")


@dataclass(frozen=True)
class BackupsPage:
    """The page."""

    admin: Administration
    backups: Backups

    def show(self, trouble: str = "", status: int = 200) -> Response:
        """What there is, and a button that makes one more."""
        now = self.backups.under_way()
        reply = self.admin.pages.within(
            "admin_backups.html",
            current_scope(),
            BACKUPS_PAGE,
            status,
            trouble=trouble or ("" if now else self.backups.trouble()),
            making=_progress(now) if now else (),
            folder=str(self.backups.folder),
            free=count(_free(self.backups.folder) / _MIB, DEFAULT_LANGUAGE),
            lines=[_line(one, DEFAULT_LANGUAGE) for one in self.backups.listed()],
        )
        if now:
            reply.headers["Refresh"] = f"{_AGAIN}; url={BACKUPS_PAGE}"
        return reply

    def begin(self) -> ResponseReturnValue:
        """Begin one, or say why not."""
        try:
            self.backups.begin(Asker(current_scope().account))
        except Busy as busy:
            return self.show(_busy(busy), 409)
        except BackupProblem as problem:
            return self.show(str(problem), _status(problem))
        return redirect(BACKUPS_PAGE, 303)


def _line(one: Kept | Unreadable, language: str) -> dict[str, str]:
    if isinstance(one, Unreadable):
        return {"name": one.name, "why": say(one.why, language)}
    return {
        "name": one.name,
        "why": "",
        "moment": moment(one.made_at, language),
        "size": count(one.size / _MIB, language),
        "rows": count(one.rows, language),
        "version": count(one.data_version, language),
        "digest": one.digest,
    }


def _progress(now: UnderWay) -> list[str]:
    """How far it is, in sentences."""
    language, step = DEFAULT_LANGUAGE, now.step
    asked = say(_ASKED, language, by=now.by, moment=moment(now.since, language))
    if not step.table:
        return [asked]
    places = {"table": step.table, "place": step.place, "tables": step.tables}
    return [asked, say(_WRITING, language, rows=count(step.rows, language), **places)]


def _busy(busy: Busy) -> str:
    return " ".join([say(BUSY, DEFAULT_LANGUAGE), *(_progress(busy.one) if busy.one else ())])


def _status(problem: BackupProblem) -> int:
    return 507 if is_full(problem) else 500


def _free(folder: Path) -> int:
    """Bytes that are free where the folder is, or will be."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free


def add_backups(server: Flask, admin: Administration, folder: Path) -> None:
    """Add page and route to the server."""
    backups = server.extensions[BACKUPS] = Backups(admin.database, folder)
    blueprint, page = for_administrators("backups"), BackupsPage(admin, backups)
    blueprint.get(BACKUPS_PAGE)(page.show)
    blueprint.post(BACKUPS_PAGE)(page.begin)
    server.register_blueprint(blueprint)
    server.register_blueprint(_api(backups))


def stop_backups(server: Flask) -> None:
    """Have the one that is under way be left, and do not wait for it."""
    server.extensions[BACKUPS].stop()


def _api(backups: Backups) -> Blueprint:
    """The route. The guard has seen to it that an administrator asks, or whoever has the key."""
    blueprint = Blueprint("backups_api", __name__)

    @blueprint.post(BACKUPS_API)
    def make() -> Response:
        """Make a backup on the server's disk, and reply when it is there."""
        scope = g.get("scope")
        try:
            made = backups.make(Asker(scope.account) if scope else Asker(by=BY_KEY))
        except Busy as busy:
            return refusal(409, _busy(busy))
        except BackupProblem as problem:
            return refusal(_status(problem), str(problem))
        held = made.manifest
        told = {"file": made.path.name, "bytes": made.size, "rows": held.rows, "data_version": held.data_version}
        return as_json({**told, "sha256": made.digest}, 201)

    return blueprint
