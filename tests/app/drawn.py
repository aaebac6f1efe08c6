"""What stands in the reply to a callback: its words, its numbers, also those of charts, and its links."""

import base64
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from layouts.as_of import SLIDER
from tests.app.asks import Ask, counts_in


def read_whole(content: object) -> str:
    """The reply as text, with the numbers of its charts written out: they come packed. Days counted are no figures."""
    return json.dumps(_unpacked(content), ensure_ascii=False)


def counts_drawn(content: object) -> frozenset[int]:
    """The whole numbers in a reply, from 100 on."""
    return counts_in(read_whole(content))


def links_in(content: object) -> Iterator[tuple[str, Ask]]:
    """Path and query of every link in a reply."""
    for address in _links(content):
        parts = urlsplit(address)
        yield parts.path, dict(parse_qsl(parts.query))


def _unpacked(content: object) -> Any:
    if isinstance(content, dict):
        if content.keys() >= {"dtype", "bdata"}:
            packed = base64.b64decode(content["bdata"])
            return np.frombuffer(packed, dtype=np.dtype(content["dtype"])).tolist()
        # What is written into a chart says its number; where it stands is the middle of a band, and is said nowhere.
        placed = {"y"} if content.keys() >= {"text", "yshift"} else set()
        return {name: _unpacked(value) for name, value in content.items() if name not in {SLIDER, *placed}}
    if isinstance(content, str):
        # A small picture is a line of points, without its numbers; in markup its quotes are written out.
        return re.sub(r"url\((\"|&quot;)data:.*?\1\)", "", content)
    return [_unpacked(value) for value in content] if isinstance(content, list) else content


def _links(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        if isinstance(content.get("href"), str) and content["href"]:
            yield content["href"]
        yield from (
            unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]+)"', content.get("data-html") or "")
        )
        for value in content.values():
            yield from _links(value)
    if isinstance(content, list):
        for value in content:
            yield from _links(value)
