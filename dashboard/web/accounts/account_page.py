"""/admin/accounts/<mark>: everything that can be done to one account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.accounts_page import Asked, line_of, shown_once
from dashboard.web.accounts.administration import ACCOUNTS_PATH, Administration, for_administrators
from dashboard.web.accounts.choices import choices_of
from dashboard.web.accounts.typed import Form, password_in, pins_in
from dashboard.web.guard import current_scope
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.accounts.password_rules import LONGEST, SHORTEST
from data_access.accounts.problem import AccountProblem
from data_access.accounts.tokens import Token
from data_access.directory import Directory
from data_access.roles import ABOUT, EVENTS, ROLES

DONE: Final[Mapping[str, str]] = {
    "added": marked("The account is ready."),
    "change": marked("Role and pins are changed; they count from its next request on."),
    "disable": marked("The account is disabled, signed out everywhere, and without API tokens."),
    "enable": marked("The account is enabled."),
    "reset": marked("The password is reset; second factor, sessions and API tokens of the account are gone."),
    "revoke": marked("The API token is revoked."),
    "let-send": marked("The API token may send events from its next request on."),
    "keep-from-sending": marked("The API token sends no events any more."),
    "end-sessions": marked("The account is signed out everywhere."),
}
RESET: Final = marked("The password is reset. This is the new one, shown here once and kept nowhere: hand it over now.")
NOTHING: Final = marked("The form does not say what to do; use its buttons.")


@dataclass(frozen=True)
class TokenLine:
    """One API token in words."""

    id: str
    label: str
    abilities: list[str]
    pinned: str
    made: str
    expires: str
    sends: bool


@dataclass(frozen=True)
class AccountPage:
    """The page."""

    admin: Administration

    def show(self, mark: str, asked: Asked | None = None, trouble: str = "") -> Response:
        """The account, and its forms as they were filled in."""
        one, language = self.admin.account_at(mark), DEFAULT_LANGUAGE
        directory = self.admin.directory()
        done = request.args.get("done", "") if request.method == "GET" else ""
        return self.admin.pages.within(
            "account.html",
            current_scope(),
            ACCOUNTS_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            one=one,
            line=line_of(one, self.admin, directory, language),
            tokens=[token_line(token, directory, language) for token in self.admin.tokens.of(one.username)],
            asked=asked or Asked(one.username, one.role, one.pins),
            roles=ROLES.values(),
            choices=choices_of(directory),
            shortest=SHORTEST,
            longest=LONGEST,
        )

    def do(self, mark: str) -> ResponseReturnValue:
        """What the pressed button says, or why not."""
        one, form = self.admin.account_at(mark), request.form
        what = form.get("do", "")
        try:
            made = self._deeds().get(what, _nothing)(one.username, form)
        except AccountProblem as problem:
            pins = pins_in(form) if what == "change" else one.pins
            role = form.get("role", "") if what == "change" else one.role
            return self.show(mark, Asked(one.username, role, pins, problem.field), str(problem))
        if made is not None:
            return shown_once(self.admin, one.username, made, RESET)
        return redirect(f"{self.admin.address_of(one.username)}?done={what}", 303)

    def _deeds(self) -> Mapping[str, "Deed"]:
        register = self.admin.register()
        return {
            "change": lambda username, form: register.change(username, form.get("role", ""), pins_in(form)),
            "disable": lambda username, _: register.disable(username),
            "enable": lambda username, _: register.enable(username),
            "end-sessions": lambda username, _: register.end_sessions(username),
            "reset": self._reset,
            "revoke": self._revoke,
            "let-send": lambda username, form: self._let_send(username, form, may=True),
            "keep-from-sending": lambda username, form: self._let_send(username, form, may=False),
        }

    def _reset(self, username: str, form: Form) -> str | None:
        password, made = password_in(form)
        self.admin.register().reset(username, password)
        return password if made else None

    def _revoke(self, username: str, form: Form) -> None:
        self.admin.tokens.revoke(username, form.get("token", ""), current_scope().account)

    def _let_send(self, username: str, form: Form, *, may: bool) -> None:
        self.admin.tokens.let_send(username, form.get("token", ""), current_scope().account, may=may)


Deed = Callable[[str, Form], str | None]
"""Does something to the account of that name with what is in the form; a password, where one was made for it."""


def token_line(token: Token, directory: Directory, language: str) -> TokenLine:
    """The token in words."""
    abilities = [say(text, language) for ability, text in ABOUT.items() if ability in token.abilities]
    return TokenLine(
        id=token.id,
        label=token.label,
        abilities=abilities,
        pinned=listed(directory.names_of(token.pins), language) or "–",
        made=day(token.made_at.date(), language),
        expires=day(token.expires_at.date(), language),
        sends=EVENTS in token.abilities,
    )


def _nothing(_username: str, _form: Form) -> None:
    raise AccountProblem(NOTHING)


def account_page(admin: Administration) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("account"), AccountPage(admin)
    blueprint.get(f"{ACCOUNTS_PATH}/<mark>")(page.show)
    blueprint.post(f"{ACCOUNTS_PATH}/<mark>")(page.do)
    return blueprint
