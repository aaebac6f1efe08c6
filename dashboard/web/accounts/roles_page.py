"""/admin: the table of roles, as `data_access.roles` has it."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.door.session import Limits
from dashboard.web.guard import current_scope
from dashboard.words.filters import LABELS
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say, say_many
from data_access.roles import ABOUT, ROLES, Role

ROLES_PATH: Final = "/admin"


@dataclass(frozen=True)
class RoleLine:
    """One role in words."""

    name: str
    title: str
    about: str
    abilities: list[str]
    must: str
    may: str
    pages: str
    session: str


def roles_page(admin: Administration) -> Blueprint:
    """The page."""
    blueprint = for_administrators("roles")

    @blueprint.get(ROLES_PATH)
    def show() -> Response:
        lines = [line_of(role, admin.limits, DEFAULT_LANGUAGE) for role in ROLES.values()]
        return admin.pages.within("roles.html", current_scope(), ROLES_PATH, roles=lines)

    return blueprint


def line_of(role: Role, limits: Limits, language: str) -> RoleLine:
    """The role in words."""
    return RoleLine(
        name=role.name,
        title=say(role.title, language),
        about=say(role.about, language),
        abilities=[say(text, language) for ability, text in ABOUT.items() if ability in role.abilities],
        must=_pins(role.must, language),
        may=_pins(role.may, language),
        pages=say(ALL_PAGES, language) if role.pages is None else listed(role.pages, language),
        session=_session(role, limits, language),
    )


ALL_PAGES: Final = marked("all that its abilities allow")


def _pins(names: tuple[str, ...], language: str) -> str:
    return listed([say(LABELS[name], language).lower() for name in names], language) if names else "–"


def _session(role: Role, limits: Limits, language: str) -> str:
    if role.lasting:
        days = limits.display_days
        return say_many("{days} day, with nobody at it", "{days} days, with nobody at it", days, language, days=days)
    text = marked("{hours} hours at most, {minutes} minutes without activity")
    return say(text, language, hours=limits.session_hours, minutes=limits.idle_minutes)
