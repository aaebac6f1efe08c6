"""The small database of `tests.app.small`, and visitors of `tests.app.visiting`."""

from tests.app.small import bare, own, small
from tests.app.visiting import client, hands, insider, server, visitor

__all__ = ["bare", "client", "hands", "insider", "own", "server", "small", "visitor"]
