"""What an account is pinned to: filters by name, kept as they stand in an address."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from data_access.roles import PINS


def pins_of(text: str) -> Mapping[str, str]:
    """The pins behind a text, from wide to narrow."""
    return in_order(dict(parse_qsl(text)))


def in_order(pins: Mapping[str, str]) -> Mapping[str, str]:
    """Pins from wide to narrow."""
    return MappingProxyType({name: pins[name] for name in PINS if name in pins})


def text_of(pins: Mapping[str, str]) -> str:
    """Pins as they are kept."""
    return urlencode([(name, pins[name]) for name in PINS if name in pins])
