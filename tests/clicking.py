"""Viewers who click while the database has its troubles, and what they were given: status, figures, sentences."""

import json
import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

PANELS = ("totals", "scorecard", "ladder", "trend", "districts", "ageing")
ASKED = (
    "",
    "government=sindh",
    "as_of=2019-08-31",
    "from=2019-05-06&to=2019-07-31",
    "government=federal&as_of=2019-09-10",
)
PATHS = ("/live", "/", *(f"/api/v1/panels/{name}?{asked}".rstrip("?") for name in PANELS for asked in ASKED))
RECOVERY = 5.0
"""Seconds after which all must be as before."""
TROUBLE = frozenset({503, 507})


@dataclass(frozen=True)
class Reply:
    """What one click came to; `began` and `ended` in seconds of the monotonic clock, `status` 0: nothing came."""

    path: str
    began: float
    ended: float
    status: int
    text: str


@dataclass
class Viewers:
    """Many who click at an address until they are stopped; each has a connection of its own, as a browser has."""

    address: str
    many: int
    pause: float
    replies: list[Reply] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def watch(self, number: int) -> None:
        """One of them."""
        chance = random.Random(number)
        with httpx.Client(base_url=self.address, auth=("pmo", "demo"), timeout=30) as client:
            while not self._stop.wait(chance.uniform(0.5, 1.5) * self.pause):
                self.replies.append(click(client, chance.choice(PATHS)))

    @contextmanager
    def clicking(self) -> Iterator[None]:
        """Until the block is left."""
        threads = [threading.Thread(target=self.watch, args=(number,)) for number in range(self.many)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(60)

    def since(self, moment: float) -> list[Reply]:
        """What was asked after that moment."""
        return [reply for reply in self.replies if reply.began >= moment]

    def recover(self, moment: float, watched: float = 3.0) -> None:
        """Wait until it is told whether all is as before so soon after that moment, and say so."""
        time.sleep(max(0.0, moment + RECOVERY + watched - time.monotonic()))
        late = [reply for reply in self.since(moment + RECOVERY) if reply.status != 200]
        assert not late, f"{len(late)} were still refused, such as {late[0]}"
        assert len(self.since(moment + RECOVERY)) > self.many / 4


def click(client: httpx.Client, path: str) -> Reply:
    """Ask as a browser or a program does."""
    began = time.monotonic()
    headers = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"} if path == "/" else {}
    try:
        reply = client.get(path, headers=headers)
    except httpx.TransportError as error:
        return Reply(path, began, time.monotonic(), 0, type(error).__name__)
    return Reply(path, began, time.monotonic(), reply.status_code, reply.text)


Known = dict[tuple[str, int], Any]
"""Path and data version -> what is to be answered."""


def figures(text: str) -> tuple[int, Any]:
    """The data version of an answer, and its figures."""
    told: Mapping[str, Any] = json.loads(text)
    return told["data_version"], told.get("rows", told.get("as_of"))


def learn(address: str, known: Known) -> None:
    """Ask everything once, while all is well."""
    with httpx.Client(base_url=address, auth=("pmo", "demo"), timeout=60) as client:
        for path in PATHS[2:]:
            reply = click(client, path)
            assert reply.status == 200, reply
            version, rows = figures(reply.text)
            known[path, version] = rows


def check(replies: list[Reply], known: Known) -> None:
    """No wrong figure, no stack trace, nothing but an answer or a sentence."""
    for reply in replies:
        assert reply.status == 200 or reply.status in TROUBLE, reply
        assert "Traceback" not in reply.text, reply
        if reply.status != 200:
            assert "at the moment" in reply.text or "takes longer" in reply.text or "full" in reply.text, reply
        elif reply.path in PATHS[2:]:
            version, rows = figures(reply.text)
            # Of versions that were the newest for a moment only, both workers must say the same.
            assert rows == known.setdefault((reply.path, version), rows), reply
