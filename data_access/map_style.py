"""How maps are drawn: over shapes, or as a grid of tiles. An administrator chooses, while servers run, for all of them.

Shapes show borders, and Pakistani law wants those vetted before they are published: without official boundaries,
nothing that leaves the server shows any.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select

from data_access.accounts.audit import Entry, write
from data_access.database import Database
from data_access.tables.system import setting

MapStyle = Literal["shapes", "tiles"]
STYLES: Final[tuple[MapStyle, ...]] = ("shapes", "tiles")
Medium = Literal["page", "file"]
"""Where a map is drawn. Slides are files."""
SETTING: Final = "maps"
"""What the choice is called in the database and in the audit log."""


def style_for(medium: Medium, chosen: MapStyle, *, official: bool) -> MapStyle:
    """How a map is drawn there, where an administrator has `chosen`; `official`: shapes come from BOUNDARIES_DIR.

    Files and slides show tiles unless the boundaries are official; tiles, once chosen, are shown everywhere.
    """
    return chosen if medium == "page" or official else "tiles"


@dataclass(frozen=True)
class MapStyles:
    """Knows how maps are drawn just now. Made once; `official` holds as long as the server runs."""

    chosen: Callable[[], MapStyle]
    official: bool = False

    def of(self, medium: Medium) -> MapStyle:
        """How a map is drawn there."""
        return style_for(medium, self.chosen(), official=self.official)


def read_map_style(database: Database) -> MapStyle:
    """What was chosen last; shapes until then."""
    with database.snapshot() as connection:
        return _held(connection)


def choose_map_style(database: Database, style: MapStyle, by: str) -> bool:
    """Have all maps drawn so from now on, on behalf of the account `by`; whether that is another way than before."""
    with database.clerk() as connection:
        before = _held(connection)
        if style == before:
            return False
        connection.execute(delete(setting).where(setting.c.name == SETTING))
        connection.execute(insert(setting).values(name=SETTING, value=style))
        write(connection, Entry("settings", by, SETTING, {"drawn_as": style, "before": before}))
    return True


def _held(connection: Connection) -> MapStyle:
    value = connection.execute(select(setting.c.value).where(setting.c.name == SETTING)).scalar()
    return next((style for style in STYLES if style == value), STYLES[0])
