"""The fields of a form, and what was typed into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from werkzeug.datastructures import MultiDict

from dashboard.web.accounts.choices import Choice
from data_access.directory import Directory
from data_access.filters import is_number
from data_access.recording import LONGEST, RecordProblem

Groups = Sequence[tuple[str, Sequence[Choice]]]
"""What can be chosen, by headings; one without a heading stands alone."""
SEVERAL: Final = " "
"""Stands between slugs that were ticked."""


@dataclass(frozen=True)
class Field:
    """One field. `groups` are what can be chosen: one of it, of `ticks` any number. `most` are its letters."""

    name: str
    label: str
    kind: Literal["text", "long", "date", "choice", "ticks"] = "text"
    about: str = ""
    needed: bool = True
    most: int = LONGEST
    groups: Groups = ()

    def shown(self, text: str) -> str:
        """What was typed as the reader of the form sees it: names for slugs."""
        if self.kind not in {"choice", "ticks"}:
            return text
        names = {slug: name for _, choices in self.groups for slug, name in choices}
        slugs = text.split(SEVERAL) if self.kind == "ticks" else [text]
        return "; ".join(names.get(slug, slug) for slug in slugs)


def asked_in(fields: Sequence[Field], form: MultiDict[str, str]) -> dict[str, str]:
    """What was typed, by the name of each field."""
    return {
        field.name: SEVERAL.join(form.getlist(field.name)) if field.kind == "ticks" else form.get(field.name, "")
        for field in fields
    }


def category_groups(directory: Directory) -> list[tuple[str, list[Choice]]]:
    """Main categories with those below each."""
    members = directory.members["category"].values()
    below: dict[int, list[Choice]] = {one.id: [] for one in members if one.parent is None}
    for one in members:
        if one.parent is not None:
            below.setdefault(one.parent, []).append((one.slug, one.name))
    mains = sorted((one for one in members if one.id in below), key=lambda one: one.name)
    return [
        (main.name, [(main.slug, main.name), *sorted(below[main.id], key=lambda choice: choice[1])]) for main in mains
    ]


def number_of(text: str, field: str) -> int | None:
    """A number of a complaint; None where nothing was typed. Raises RecordProblem."""
    plain = text.strip()
    if not plain:
        return None
    if not is_number(plain):
        raise RecordProblem(f"{plain} is no number of a complaint; write 1201, or leave it empty.", field)
    return int(plain)


def slug_of(asked: Mapping[str, str], name: str) -> str | None:
    """What was chosen; None where nothing was."""
    return asked[name].strip() or None
