"""The one way from a question to its figures: page, API and files all come through `Answers.answer`."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, cast

from dogpile.cache import CacheRegion

from dashboard.panels.answer import Answer, check_asked, compute
from dashboard.panels.kept import answer_kept, answer_of
from dashboard.panels.panel import Panel
from data_access.filters import Filters
from data_access.memory import remembering
from data_access.reader import Reader
from data_access.shelf import Found, Wanted

_KEPT: Final = 2000  # answers; the largest of today's panels takes some 100 kB


@dataclass(frozen=True)
class Heard:
    """That a panel was asked for: the seconds that its figures took to compute, None where they were remembered.

    `kept`: whether it is of those that are remembered at all; `shared`: another process had worked it out.
    """

    panel: str
    seconds: float | None
    kept: bool
    shared: bool = False


@dataclass(frozen=True)
class Answers:
    """Answers questions and remembers the answers for as long as the data stays the same. Made once, handed down.

    What takes long is shared with the other processes that serve the database. `heard` is told of each panel that is
    asked for.
    """

    _cache: CacheRegion = field(default_factory=lambda: remembering(_KEPT))
    heard: Callable[[Heard], None] = lambda _: None

    def answer(self, panel: Panel, reader: Reader, filters: Filters) -> Answer:
        """The panel's figures under these filters.

        Raises FilterError for what the panel does not take or the data does not hold, OutOfScope for what the reader's
        account may not see. Many who ask the same at once wait for one computation.
        """
        check_asked(panel, reader, filters)
        if not panel.remembered:
            return self._timed(panel, reader, filters)
        mark = reader.state().mark
        asked = f"{mark} {panel.name} {reader.scope.key()} {filters.query()}"
        key = sha256(asked.encode()).hexdigest()  # the cache writes keys into its log, where filters have no place

        def is_of_then(answer: object) -> bool:
            # A batch may have landed since the mark was read: such an answer is right, but not under this key.
            return isinstance(answer, Answer) and answer.mark == mark

        created: list[Found[Answer]] = []

        def create() -> Answer:
            created.append(self._found(panel, reader, filters, mark, key))
            return created[0].value

        found = self._cache.get_or_create(key, create, should_cache_fn=is_of_then)
        if not created or created[0].lay_there:
            self.heard(Heard(panel.name, None, kept=True, shared=bool(created)))
        return cast("Answer", found)

    def _found(self, panel: Panel, reader: Reader, filters: Filters, mark: str, key: str) -> Found[Answer]:
        """From the shelf, where processes share one and this takes long; else computed."""
        shelf = reader.database.shelf

        def make() -> Answer:
            return self._timed(panel, reader, filters)

        if shelf is None:
            return Found(make(), lay_there=False)

        def pack(answer: Answer) -> bytes | None:
            return json.dumps(answer_kept(answer), ensure_ascii=False).encode() if answer.mark == mark else None

        def unpack(content: bytes) -> Answer:
            return replace(answer_of(json.loads(content)), panel=panel, abilities=reader.scope.abilities)

        kind = f"{panel.name} {' '.join(sorted(filters.given()))}"
        return shelf.of(Wanted(kind, key, mark, make, pack, unpack))

    def _timed(self, panel: Panel, reader: Reader, filters: Filters) -> Answer:
        began = time.perf_counter()
        try:
            return compute(panel, reader, filters)
        finally:
            self.heard(Heard(panel.name, time.perf_counter() - began, kept=panel.remembered))
