"""Whom a shape is of: names as maps write them, matched to the governments and districts we know."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from data_access.intake.ground import GOVERNMENTS, districts, slug_of

Level = Literal["provinces", "districts"]

DISPUTED: Final[Mapping[str, object]] = {
    "slug": "iiojk",
    "name": "Indian Illegally Occupied Jammu & Kashmir",
    "government": None,
    "iso": None,
    "disputed": True,
}
"""What our own files say of the territory that is hatched and never scored."""

_DISPUTED_NAMES: Final = (
    "iiojk",
    "Indian Illegally Occupied Jammu and Kashmir",
    "Indian Illegally Occupied Jammu & Kashmir",
    "IIOJK (disputed territory)",
    "Disputed territory",
    "Jammu and Kashmir (disputed territory)",
    "Jammu & Kashmir (disputed territory)",
)
_PROVINCE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "punjab": (),
    "khyber-pakhtunkhwa": ("KP", "KPK", "Khyber Pakhtoonkhwa", "Khyber-Pakhtunkhwa"),
    "sindh": ("Sind",),
    "islamabad": ("ICT", "Islamabad Capital Territory", "Federal Capital Territory"),
    "balochistan": ("Baluchistan",),
    "azad-jammu-kashmir": ("AJK", "AJ&K", "Azad Kashmir", "Azad Jammu and Kashmir"),
    "gilgit-baltistan": ("GB", "Northern Areas"),
}
"""Names beside those of the governments; the federal government has no territory of its own."""

_CODES: Final = ("slug", "id", "iso_3166_2", "iso", "shapeiso")
_SAID_BY: Final = (*_CODES, "name", "name_en", "shapename")
_SAID_BY_LEVEL: Final[Mapping[Level, tuple[str, ...]]] = {
    "provinces": (*_SAID_BY, "province", "adm1_en", "name_1"),
    "districts": (*_SAID_BY, "district", "adm2_en", "name_2"),
}
"""Properties that may say whose shape it is, the surest first. A code is a province's, so no district has one."""


class Names:
    """All names of one level."""

    def __init__(self, level: Level) -> None:
        self._said_by = _SAID_BY_LEVEL[level]
        self.titles: Mapping[str, str] = dict(_titles(level))  # by slug, all that shall be drawn
        self._slugs = {_key(name): slug for slug, names in _known(level) for name in names}
        self._disputed = {_key(name) for name in _DISPUTED_NAMES}

    def members_of(self, said: Mapping[str, object]) -> tuple[str, ...]:
        """The slugs of those whose shape it is: several where the property `districts` names several; none unmatched.

        One name that is not known makes the whole shape unmatched: half a match would draw a wrong map.
        """
        shared = said.get("districts")
        if isinstance(shared, list) and shared:
            found = [self._slugs.get(_key(str(name))) for name in shared]
            return tuple(slug for slug in found if slug is not None) if None not in found else ()
        for value in self._texts(said):
            if slug := self._slugs.get(_key(value)):
                return (slug,)
        return ()

    def is_disputed(self, said: Mapping[str, object]) -> bool:
        """Whether a shape is hatched and never scored: because it says so, or by its name."""
        return said.get("disputed") is True or any(_key(value) in self._disputed for value in self._texts(said))

    def title_of(self, said: Mapping[str, object]) -> str:
        """What a shape is called in its own file; empty where it has no name."""
        texts = self._texts({name: value for name, value in said.items() if name not in _CODES})
        return next(iter([*texts, *self._texts(said)]), "")

    def _texts(self, said: Mapping[str, object]) -> list[str]:
        values = (said.get(name) for name in self._said_by)
        return [value for value in values if isinstance(value, str) and value.strip()]


def _key(name: str) -> str:
    """Names are the same if only case, spaces, hyphens and dots differ."""
    return slug_of(name).replace("-", "")


def _titles(level: Level) -> Iterable[tuple[str, str]]:
    if level == "districts":
        return ((row["slug"], row["name"]) for row in districts())
    return ((slug, name) for slug, name in GOVERNMENTS if slug in _PROVINCE_NAMES)


def _known(level: Level) -> Iterable[tuple[str, tuple[str, ...]]]:
    if level == "districts":
        for row in districts():
            yield row["slug"], (row["name"], *(row["aliases"] or "").split("|"))
        return
    codes = {GOVERNMENTS[row["government_id"] - 1][0]: row["iso_3166_2"] for row in districts()}
    for slug, name in _titles(level):
        yield slug, (name, codes[slug], *_PROVINCE_NAMES[slug])
