"""Whom a shape of a map is of."""

from collections.abc import Mapping
from typing import Final

DISPUTED: Final[Mapping[str, object]] = {
    "slug": "iiojk",
    "name": "Indian Illegally Occupied Jammu & Kashmir",
    "government": None,
    "iso": None,
    "disputed": True,
}
"""What our own files say of the territory that is hatched and never scored."""
