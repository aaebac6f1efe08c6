"""How maps are drawn: chosen by an administrator, kept in the database, noted; and what files may show."""

import pytest

from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.accounts.settings_note import note_settings
from data_access.database import Database
from data_access.map_style import MapStyle, MapStyles, Medium, choose_map_style, read_map_style, style_for
from data_access.settings import Settings


def test_a_choice_is_kept_and_noted_once(either: Database) -> None:
    assert read_map_style(either) == "shapes"
    assert not choose_map_style(either, "shapes", "admin")
    assert choose_map_style(either, "tiles", "admin")
    assert not choose_map_style(either, "tiles", "other")
    assert read_map_style(either) == "tiles"
    assert choose_map_style(either, "shapes", "other")
    assert read_map_style(either) == "shapes"
    noted = [(entry.account, entry.subject, dict(entry.details())) for entry in oldest_first(either, SETTINGS)]
    assert noted == [
        ("admin", "maps", {"drawn_as": "tiles", "before": "shapes"}),
        ("other", "maps", {"drawn_as": "shapes", "before": "tiles"}),
    ]


SETTINGS = LogFilter(action="settings")


def test_a_choice_is_no_change_of_the_servers_own_settings(ducks: Database) -> None:
    server = Settings(secret_key="x" * 32)
    assert note_settings(ducks, server)
    choose_map_style(ducks, "tiles", "admin")
    assert not note_settings(ducks, server)


@pytest.mark.parametrize(
    ("medium", "chosen", "official", "style"),
    [
        ("page", "shapes", False, "shapes"),
        ("page", "tiles", False, "tiles"),
        ("page", "shapes", True, "shapes"),
        ("page", "tiles", True, "tiles"),
        ("file", "shapes", False, "tiles"),
        ("file", "tiles", False, "tiles"),
        ("file", "shapes", True, "shapes"),
        ("file", "tiles", True, "tiles"),
    ],
)
def test_files_show_borders_only_where_they_are_official_and_nobody_has_chosen_tiles(
    medium: Medium, chosen: MapStyle, official: bool, style: MapStyle
) -> None:
    assert style_for(medium, chosen, official=official) == style
    assert MapStyles(lambda: chosen, official).of(medium) == style
