"""From the row of an account to what it may see."""

from urllib.parse import parse_qsl

from data_access.accounts.pins import pins_of
from data_access.roles import PINS, ROLES
from data_access.scope import Scope


def scope_from(username: str, role: str, pinned: str) -> Scope | None:
    """The scope of an account as it is kept; None when it says what this version does not understand.

    A role or a pin may be of another version of Jawabdeh, or written by hand: nobody sees more for it.
    """
    found, pins = ROLES.get(role), pins_of(pinned)
    if found is None or any(name not in pins for name in found.must):
        return None
    if any(name not in PINS for name, _ in parse_qsl(pinned, keep_blank_values=True)):
        return None
    return Scope(username, found.name, pins, found.abilities, found.pages)
