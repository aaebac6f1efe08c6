"""/admin: the table of roles, as `data_access.roles` has it, and how maps are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.administration import Administration, for_administrators
from dashboard.web.door.session import Limits
from dashboard.web.guard import current_scope
from dashboard.words.filters import LABELS
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say, say_many
from data_access.map_style import STYLES, MapStyle, choose_map_style, read_map_style
from data_access.roles import ABOUT, ROLES, Role

ROLES_PATH: Final = "/admin"
DONE: Final[Mapping[str, str]] = {
    "shapes": marked("Maps are drawn with their borders; pages show it with the next figures."),
    "tiles": marked("Maps are drawn as tiles, without borders; pages show it with the next figures."),
}
CHOICES: Final[Mapping[MapStyle, str]] = {
    "shapes": marked("As a map: provinces and districts with their borders"),
    "tiles": marked("As tiles: one of the same size for each, about where it lies, without borders"),
}
NOT_CHOSEN: Final = marked("The form does not say how maps are drawn; choose one of the two.")


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


@dataclass(frozen=True)
class RolesPage:
    """The page."""

    admin: Administration

    def show(self, trouble: str = "") -> Response:
        """The table, and the form with what is chosen."""
        language = DEFAULT_LANGUAGE
        done = request.args.get("maps", "") if request.method == "GET" else ""
        return self.admin.pages.within(
            "roles.html",
            current_scope(),
            ROLES_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            roles=[line_of(role, self.admin.limits, language) for role in ROLES.values()],
            styles_of_maps=CHOICES,
            chosen=read_map_style(self.admin.database),
        )

    def choose(self) -> ResponseReturnValue:
        """Have maps drawn as the form says."""
        style = next((style for style in STYLES if style == request.form.get("maps")), None)
        if style is None:
            return self.show(say(NOT_CHOSEN, DEFAULT_LANGUAGE))
        choose_map_style(self.admin.database, style, current_scope().account)
        return redirect(f"{ROLES_PATH}?maps={style}", 303)


def roles_page(admin: Administration) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_administrators("roles"), RolesPage(admin)
    blueprint.get(ROLES_PATH)(page.show)
    blueprint.post(ROLES_PATH)(page.choose)
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
