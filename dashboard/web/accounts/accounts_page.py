"""/admin/accounts: who has an account, and a form that adds one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import ACCOUNTS_PATH, Administration, for_administrators
from dashboard.web.accounts.choices import choices_of
from dashboard.web.accounts.typed import password_in, pins_in
from dashboard.web.guard import current_scope
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.accounts.listing import Account, list_accounts
from data_access.accounts.password_rules import LONGEST, SHORTEST
from data_access.accounts.problem import AccountProblem
from data_access.accounts.usernames import LONGEST_NAME
from data_access.directory import Directory
from data_access.roles import ROLES

MADE: Final = marked("The account is ready. This is its password, shown here once and kept nowhere: hand it over now.")


@dataclass(frozen=True)
class AccountLine:
    """One account in words."""

    username: str
    address: str
    role: str
    pinned: str
    state: str
    key: str
    second_factor: str
    made: str


@dataclass(frozen=True)
class Asked:
    """What stands in the form. `wrong` is the field that the trouble is about."""

    username: str = ""
    role: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""


@dataclass(frozen=True)
class AccountsPage:
    """The page."""

    admin: Administration

    def show(self, asked: Asked | None = None, trouble: str = "") -> Response:
        """All accounts, and the form as it was filled in."""
        directory, language = self.admin.directory(), DEFAULT_LANGUAGE
        lines = [line_of(one, self.admin, directory, language) for one in list_accounts(self.admin.database)]
        return self.admin.pages.within(
            "accounts.html",
            current_scope(),
            ACCOUNTS_PATH,
            400 if trouble else 200,
            trouble=trouble,
            accounts=lines,
            asked=asked or Asked(),
            roles=ROLES.values(),
            choices=choices_of(directory),
            longest_name=LONGEST_NAME,
            shortest=SHORTEST,
            longest=LONGEST,
        )

    def add(self) -> ResponseReturnValue:
        """Add an account, or say why not."""
        form = request.form
        asked = Asked(form.get("username", ""), form.get("role", ""), pins_in(form))
        try:
            password, made = password_in(form)
            username = self.admin.register().add(asked.username, password, asked.role, asked.pins)
        except AccountProblem as problem:
            return self.show(Asked(asked.username, asked.role, asked.pins, problem.field), str(problem))
        if made:
            return shown_once(self.admin, username, password, MADE)
        return redirect(f"{self.admin.address_of(username)}?done=added", 303)


def accounts_page(admin: Administration) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("accounts"), AccountsPage(admin)
    blueprint.get(ACCOUNTS_PATH)(page.show)
    blueprint.post(ACCOUNTS_PATH)(page.add)
    return blueprint


def shown_once(admin: Administration, username: str, password: str, notice: str) -> Response:
    """A password that was made: in this reply alone, for nothing that lasts may hold it."""
    return admin.pages.within(
        "password_made.html",
        current_scope(),
        ACCOUNTS_PATH,
        notice=say(notice, DEFAULT_LANGUAGE),
        username=username,
        password=password,
        address=admin.address_of(username),
    )


def line_of(one: Account, admin: Administration, directory: Directory, language: str) -> AccountLine:
    """The account in words."""
    role = ROLES.get(one.role)
    return AccountLine(
        username=one.username,
        address=admin.address_of(one.username),
        role=say(role.title, language) if role else one.role,
        pinned=listed(directory.names_of(one.pins), language) or "–",
        state=say(DISABLED if one.disabled else DEMO if one.demo else ENABLED, language),
        key=say(SINGLE_SIGN_ON if one.issuer else PASSWORD, language),
        second_factor=say(YES if one.second_factor else NO, language),
        made=day(one.made_at.date(), language),
    )


DISABLED: Final = marked("disabled")
DEMO: Final = marked("enabled, demo password")
ENABLED: Final = marked("enabled")
SINGLE_SIGN_ON: Final = marked("single sign-on")
PASSWORD: Final = marked("password")
YES: Final = marked("yes")
NO: Final = marked("no")
