"""The small database of `tests.app.small`."""

from tests.app.small import bare, own, small

__all__ = ["bare", "own", "small"]
