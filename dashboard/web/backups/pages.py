"""/admin/backups, and /api/v1/backups for what is done every night: backups of the database that the server holds."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, g, redirect
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.asking import BACKUPS_API, BACKUPS_PAGE
from dashboard.web.backups.desk import BUSY, Backups, Busy
from dashboard.web.guard import current_scope
from dashboard.web.replies import as_json, refusal
from dashboard.words.dates import moment
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.backups.archive import BackupProblem
from data_access.full_disk import is_full

BACKUPS: Final = "jawabdeh-backups"
"""Under which the server has what makes them."""
_AGAIN: Final = 2
"""Seconds after which the page looks again, while one is made."""
_MIB: Final = 1 << 20
BY_KEY: Final = "backup token"


@dataclass(frozen=True)
class BackupsPage:
    """The page."""

    admin: Administration
    backups: Backups

    def show(self, trouble: str = "", status: int = 200) -> Response:
        """What there is, and a button that makes one more."""
        language, running = DEFAULT_LANGUAGE, self.backups.running
        lines = [
            {
                "name": one.name,
                "moment": moment(one.made_at, language),
                "size": count(one.size / _MIB, language),
                "rows": count(one.rows, language),
                "version": count(one.data_version, language),
                "digest": one.digest,
            }
            for one in self.backups.listed()
        ]
        reply = self.admin.pages.within(
            "admin_backups.html",
            current_scope(),
            BACKUPS_PAGE,
            status,
            trouble=trouble or ("" if running else self.backups.trouble),
            running=running,
            folder=str(self.backups.folder),
            free=count(_free(self.backups.folder) / _MIB, language),
            lines=lines,
        )
        if running:
            reply.headers["Refresh"] = f"{_AGAIN}; url={BACKUPS_PAGE}"
        return reply

    def begin(self) -> ResponseReturnValue:
        """Begin one, or say why not."""
        try:
            self.backups.begin(current_scope().account)
        except Busy:
            return self.show(say(BUSY, DEFAULT_LANGUAGE), 409)
        return redirect(BACKUPS_PAGE, 303)


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


def _api(backups: Backups) -> Blueprint:
    """The route. The guard has seen to it that an administrator asks, or whoever has the key."""
    blueprint = Blueprint("backups_api", __name__)

    @blueprint.post(BACKUPS_API)
    def make() -> Response:
        """Make a backup on the server's disk, and reply when it is there."""
        scope = g.get("scope")
        try:
            made = backups.make(scope.account if scope else None, "" if scope else BY_KEY)
        except Busy:
            return refusal(409, say(BUSY, DEFAULT_LANGUAGE))
        except BackupProblem as problem:
            return refusal(507 if is_full(problem) else 500, str(problem))
        held = made.manifest
        told = {"file": made.path.name, "bytes": made.size, "rows": held.rows, "data_version": held.data_version}
        return as_json({**told, "sha256": made.digest}, 201)

    return blueprint
