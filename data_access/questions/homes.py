"""Where citizens are at home: territories, then whoever lives in none of them."""

from collections.abc import Mapping
from typing import Final

from data_access.reader import Snapshot

ABROAD: Final = (("overseas", "Overseas"), ("foreigner", "Foreigners"))
UNKNOWN: Final = ("unknown", "Home not known")


def homes(snapshot: Snapshot) -> Mapping[str, tuple[str, bool]]:
    """Slug -> name, and whether it is a territory: those with land, in their order, then whoever lives in none."""
    governments, landless = snapshot.directory.members["government"].values(), snapshot.directory.landless
    territories = {one.slug: (one.name, True) for one in governments if one.slug not in landless}
    return {**territories, **{slug: (name, False) for slug, name in (*ABROAD, UNKNOWN)}}


def home_of(snapshot: Snapshot, government: int | None, residency: str) -> str:
    """The slug of the home with this government's territory and this residency, as they stand in the table.

    Whoever is said to be at home in a government without land belongs to none of them.
    """
    directory = snapshot.directory
    if government is not None and directory.member("government", government).slug not in directory.landless:
        return directory.member("government", government).slug
    return residency if residency in dict(ABROAD) else UNKNOWN[0]
