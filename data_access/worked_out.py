"""Arrays that many questions hang on and that take long to be worked out: remembered here, and shared on the shelf."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from dogpile.cache import CacheRegion

from data_access.memory import remembering
from data_access.shelf import Shelf, Wanted

Arrays = Mapping[str, np.ndarray]
_REMEMBERED: Final = 200
"""Sets of arrays, of some tens of kB each."""


@dataclass(frozen=True)
class WorkedOut:
    """Made once for a database; `shelf` where other processes serve it too."""

    shelf: Shelf | None = None
    _here: CacheRegion = field(default_factory=lambda: remembering(_REMEMBERED), repr=False)

    def of(self, mark: str, kind: str, hangs_on: object, make: Callable[[], Arrays]) -> Arrays:
        """What `make` gives. In one state of the data (`mark`) it hangs on its kind and that alone.

        Shared between threads: nobody may change it.
        """
        name = f"{kind} {hangs_on!r}"

        def find() -> Arrays:
            if self.shelf is None:
                return make()
            return self.shelf.of(Wanted(kind, name, mark, make, _packed, _unpacked)).value

        found: Arrays = self._here.get_or_create(hashlib.sha256(f"{mark} {name}".encode()).hexdigest(), find)
        return found

    def forget(self) -> None:
        """Work it out anew at the next question."""
        self._here.invalidate()  # type: ignore[no-untyped-call]


def _packed(arrays: Arrays) -> bytes:
    content = io.BytesIO()
    named: dict[str, Any] = dict(arrays)
    np.savez(content, allow_pickle=False, **named)
    return content.getvalue()


def _unpacked(content: bytes) -> Arrays:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
