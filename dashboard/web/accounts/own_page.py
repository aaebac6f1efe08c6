"""/account: who one is, and what one can change about it oneself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.choices import choices_within
from dashboard.web.accounts.own import DONE, OWN_PATH, WITHIN, Own, done, why_not
from dashboard.web.accounts.typed import Form, pins_in
from dashboard.web.door.attempts import sentence
from dashboard.web.door.code import LOST, WRONG_CODE
from dashboard.web.door.throttle import Throttled
from dashboard.web.guard import SIGN_IN, current_scope
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.accounts.own import change_password
from data_access.accounts.password_rules import LONGEST, SHORTEST
from data_access.accounts.problem import AccountProblem
from data_access.accounts.register import Register
from data_access.accounts.second_factor import Verdict
from data_access.accounts.tokens import DAYS, LONGEST_LABEL, Token, Wish, offered
from data_access.directory import Directory
from data_access.roles import ABOUT, FILES, PINS, ROLES
from data_access.scope import Scope

DIFFER: Final = marked("The two new passwords differ; type the same one twice.")
NOTHING: Final = marked("The form does not say what to do; use its buttons.")


@dataclass(frozen=True)
class Asked:
    """What was wished of a token. `wrong` is the field that the trouble is about, in the form of the button `what`."""

    label: str = ""
    days: str = "90"
    abilities: frozenset[str] = frozenset()
    pins: Mapping[str, str] = field(default_factory=dict)
    what: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class TokenLine:
    """One token in words."""

    id: str
    label: str
    abilities: str
    pinned: str
    made: str
    expires: str


@dataclass(frozen=True)
class OwnPage:
    """The page."""

    own: Own

    def show(self, asked: Asked | None = None, trouble: str = "", status: int = 200) -> Response:
        """The account, and its forms as they were filled in."""
        scope, account, language = current_scope(), self.own.account(), DEFAULT_LANGUAGE
        directory = self.own.directory()
        what = request.args.get("done", "") if request.method == "GET" else ""
        return self.own.pages.within(
            "own_account.html",
            scope,
            OWN_PATH,
            status,
            trouble=trouble,
            notice=say(DONE.get(what, ""), language),
            one=account,
            about=say(ROLES[scope.role].about, language),
            pinned=listed(directory.names_of(scope.pinned), language),
            why_not=say(why_not(account), language),
            tokens=[line_of(one, directory, language) for one in self.own.tokens.of(scope.account)],
            makes_tokens=scope.may(FILES),
            **_offers(scope, directory, language),
            asked=asked or Asked(abilities=offered(scope)),
            longest=LONGEST,
            shortest=SHORTEST,
            longest_label=LONGEST_LABEL,
        )

    def do(self) -> ResponseReturnValue:
        """What the pressed button says, or why not."""
        form = request.form
        what = form.get("do", "")
        deeds: Mapping[str, Callable[[Form], ResponseReturnValue]] = {
            "password": self._change_password,
            "second-factor-off": self._turn_off,
            "token": self._make_token,
            "revoke": self._revoke,
            "sign-out": self._sign_out,
        }
        try:
            return deeds.get(what, _nothing)(form)
        except AccountProblem as problem:
            return self.show(_asked(form, problem.field), say(str(problem), DEFAULT_LANGUAGE), 400)
        except Throttled as error:
            reply = self.show(_asked(form), sentence(error.wait, DEFAULT_LANGUAGE), 429)
            reply.headers["Retry-After"] = str(error.wait)
            return reply

    def _change_password(self, form: Form) -> ResponseReturnValue:
        account, old, new = self.own.check_secrets(), form.get("old", ""), form.get("password", "")
        self.own.prove(old)
        if new != form.get("again", ""):
            raise AccountProblem(DIFFER, "password")
        change_password(self.own.database, account.username, old, new)
        self.own.keep_this_session()
        return done("password")

    def _turn_off(self, form: Form) -> ResponseReturnValue:
        account = self.own.check_secrets()
        self.own.prove(form.get("old", ""))
        with self.own.attempts.within(account.username) as turn:
            verdict = self.own.factors.remove(account.username, form.get("code", ""))
            turn.failed = verdict is not Verdict.RIGHT
        if turn.failed:
            self.own.attempts.arrival.failed(account.username, WITHIN, "wrong code")
            raise AccountProblem(LOST if verdict is Verdict.LOST else WRONG_CODE, "code")
        return done("second-factor-off")

    def _make_token(self, form: Form) -> ResponseReturnValue:
        wanted = _asked(form)
        wish = Wish(
            wanted.label, int(wanted.days) if wanted.days in map(str, DAYS) else 0, wanted.abilities, wanted.pins
        )
        if not self.own.account().issuer:  # who signs in elsewhere has no password here to show it by
            self.own.prove(form.get("old", ""))
        text = self.own.tokens.make(current_scope(), wish)
        return self.own.pages.within("token_made.html", current_scope(), OWN_PATH, label=wish.label, text=text)

    def _revoke(self, form: Form) -> ResponseReturnValue:
        self.own.tokens.revoke(current_scope().account, form.get("id", ""))
        return done("revoke")

    def _sign_out(self, _form: Form) -> ResponseReturnValue:
        username = current_scope().account
        Register(self.own.database, username).end_sessions(username)
        self.own.sessions.forget()
        return redirect(f"{SIGN_IN}?everywhere=1", 303)


def _nothing(_form: Form) -> ResponseReturnValue:
    raise AccountProblem(NOTHING)


def _asked(form: Form, wrong: str = "") -> Asked:
    """What was typed of a token, be it nothing, beside what the trouble is about."""
    what = form.get("do", "")
    if what != "token":
        return Asked(abilities=offered(current_scope()), what=what, wrong=wrong)
    abilities = frozenset(form.getlist("ability"))
    return Asked(form.get("label", ""), form.get("days", ""), abilities, pins_in(form), what, wrong)


def _offers(scope: Scope, directory: Directory, language: str) -> dict[str, object]:
    """What a token can be given."""
    choices = choices_within(scope, directory)
    empty = {
        "government": not choices.governments,
        "division": not choices.divisions,
        "district": not choices.districts,
        "department": not choices.departments,
    }
    return {
        "abilities": [(name, say(text, language)) for name, text in ABOUT.items() if name in offered(scope)],
        "days": DAYS,
        "choices": choices,
        "hidden": [name for name in PINS if name in scope.pinned or empty.get(name)],
    }


def line_of(one: Token, directory: Directory, language: str) -> TokenLine:
    """The token in words."""
    return TokenLine(
        id=one.id,
        label=one.label,
        abilities=listed([say(text, language) for name, text in ABOUT.items() if name in one.abilities], language),
        pinned=listed(directory.names_of(one.pins), language) or "–",
        made=day(one.made_at.date(), language),
        expires=day(one.expires_at.date(), language),
    )


def own_page(own: Own) -> Blueprint:
    """The page's routes."""
    blueprint, page = Blueprint("own_account", __name__), OwnPage(own)
    blueprint.get(OWN_PATH)(page.show)
    blueprint.post(OWN_PATH)(page.do)
    return blueprint
