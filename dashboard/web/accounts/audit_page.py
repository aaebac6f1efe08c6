"""/admin/audit: what was done, newest first; proof that the log is whole; all of it as CSV.

What is asked for stands in the address, so that pages can be kept and gone back to; names of people stand there sealed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.files.csv import MIME
from dashboard.files.log import log_csv
from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.guard import current_scope
from dashboard.words.audit import ACTIONS
from dashboard.words.dates import moment
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.audit import verify
from data_access.accounts.audit_log import (
    NAMES,
    PARAMETERS,
    LogEntry,
    LogFilter,
    before_of,
    log_filter,
    newest_first,
    oldest_first,
)
from data_access.filters import FilterError

AUDIT_PATH: Final = "/admin/audit"
FILE_PATH: Final = "/admin/audit.csv"
A_PAGE: Final = 100
SHORT: Final = 12  # letters of a hash that are shown in the table
HOLDS: Final = marked("The chain holds: {entries} entries, none changed, none left out.")
BROKEN: Final = marked("The chain is broken after {entries} entries. {what}")
SEALED: Final = "sealed"
"""The parameter that holds the names that are asked for."""
NOT_OURS: Final = marked("What this address asks for cannot be read any more; fill in the filters again.")
NO_HASH: Final = marked("A hash of the log has 64 digits and letters a to f; copy all of it, or leave it out.")


@dataclass(frozen=True)
class EntryLine:
    """One entry in words."""

    number: int
    moment: str
    account: str
    action: str
    subject: str
    details: Mapping[str, Any]
    short: str
    hash: str


@dataclass(frozen=True)
class Shown:
    """What the page shows: what was asked for and what came of it. `wrong` is the field that the trouble is about."""

    given: Mapping[str, str]
    entries: Sequence[LogEntry] = ()
    older: str = ""
    newest: str = ""
    file: str = FILE_PATH
    wrong: str = ""
    trouble: str = ""
    notice: str = ""
    expect: str = ""
    head: str = ""


@dataclass(frozen=True)
class AuditPage:
    """The page and the file."""

    admin: Administration

    def show(self) -> Response:
        """The part of the log that is asked for."""
        given = request.args.to_dict()
        try:
            asked, before = self._asked(), before_of(given)
        except FilterError as error:
            return self._page(Shown(given=given, wrong=error.parameter, trouble=str(error)))
        return self._page(self._part(asked, before))

    def do(self) -> ResponseReturnValue:
        """What the pressed button says: lead to what is asked for, or prove the chain."""
        return self._lead() if request.form.get("do") == "show" else self._prove()

    def _lead(self) -> ResponseReturnValue:
        given = {name: request.form.get(name, "") for name in PARAMETERS}
        try:
            return redirect(self._address(AUDIT_PATH, log_filter(given)), 303)
        except FilterError as error:
            return self._page(Shown(given=given, wrong=error.parameter, trouble=str(error)))

    def _prove(self) -> Response:
        """Walk the whole chain, and say what was found."""
        expect, language = request.form.get("expect", "").strip().lower(), DEFAULT_LANGUAGE
        shown = replace(self._part(LogFilter(), None), expect=expect)
        if expect and not (len(expect) == 64 and set(expect) <= set("0123456789abcdef")):
            return self._page(replace(shown, wrong="expect", trouble=say(NO_HASH, language)))
        chain = verify(self.admin.database, expect or None)
        entries = count(chain.entries, language)
        if chain.broken is not None:
            return self._page(replace(shown, trouble=say(BROKEN, language, entries=entries, what=chain.broken)))
        return self._page(replace(shown, notice=say(HOLDS, language, entries=entries), head=chain.head))

    def file(self) -> Response:
        """All that is asked for, oldest first. Taking it is noted, and stands in it."""
        asked = self._asked()
        self.admin.witness.note("export", "audit log", detail={"query": asked.query()})
        reply = Response(log_csv(oldest_first(self.admin.database, asked)), content_type=MIME)
        reply.headers["Content-Disposition"] = 'attachment; filename="jawabdeh-audit.csv"'
        return reply

    def _asked(self) -> LogFilter:
        """What the address asks for. Raises FilterError."""
        given = request.args.to_dict()
        sealed = given.pop(SEALED, "")
        names = self.admin.seals.open(AUDIT_PATH, sealed) if sealed else ""
        if names is None:
            raise FilterError(SEALED, sealed, say(NOT_OURS, DEFAULT_LANGUAGE))
        return log_filter({**given, **dict(parse_qsl(names))})

    def _address(self, path: str, asked: LogFilter, before: int | None = None) -> str:
        """The address that asks for this, without a name in it."""
        pairs = parse_qsl(asked.query())
        found = [(name, value) for name, value in pairs if name not in NAMES]
        names = [(name, value) for name, value in pairs if name in NAMES]
        if names:
            found.append((SEALED, self.admin.seals.close(AUDIT_PATH, urlencode(names))))
        if before is not None:
            found.append(("before", str(before)))
        return f"{path}?{urlencode(found)}" if found else path

    def _part(self, asked: LogFilter, before: int | None) -> Shown:
        found = newest_first(self.admin.database, asked, before, A_PAGE + 1)
        return Shown(
            given=dict(parse_qsl(asked.query())),
            entries=found[:A_PAGE],
            older=self._address(AUDIT_PATH, asked, before=found[A_PAGE - 1].id) if len(found) > A_PAGE else "",
            newest=self._address(AUDIT_PATH, asked) if before is not None else "",
            file=self._address(FILE_PATH, asked),
        )

    def _page(self, shown: Shown) -> Response:
        language = DEFAULT_LANGUAGE
        return self.admin.pages.within(
            "audit.html",
            current_scope(),
            AUDIT_PATH,
            400 if shown.wrong else 200,
            trouble=shown.trouble,
            notice=shown.notice,
            shown=shown,
            asked={name: shown.given.get(name, "") for name in PARAMETERS},
            actions={name: say(words, language) for name, words in ACTIONS.items()},
            entries=[line_of(entry, language) for entry in shown.entries],
        )


def audit_page(admin: Administration) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("audit"), AuditPage(admin)
    blueprint.get(AUDIT_PATH)(page.show)
    blueprint.post(AUDIT_PATH)(page.do)
    blueprint.get(FILE_PATH)(page.file)
    return blueprint


def line_of(entry: LogEntry, language: str) -> EntryLine:
    """The entry in words; what nobody should have written there, as it stands."""
    return EntryLine(
        number=entry.id,
        moment=moment(entry.happened_at, language),
        account=entry.account or "–",
        action=say(ACTIONS[entry.action], language) if entry.action in ACTIONS else entry.action,
        subject=entry.subject or "",
        details={name: value for name, value in entry.details().items() if value not in (None, "")},
        short=entry.hash[:SHORT],
        hash=entry.hash,
    )
