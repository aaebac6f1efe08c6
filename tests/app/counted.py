"""The numbers that stand on a page: those that lead to a list of complaints, and those that do not."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from layouts.listed import LIST
from layouts.mapped import BESIDE
from layouts.pages import page_at
from layouts.panel import BODY, FOLDED
from layouts.scorecard import SHOWN
from tests.app.posted import Poster
from tests.app.serving import Caller

API = "/api/v1/panels/complaints"
DRAWS, UNFOLDS = "data-version", f'"type":"{FOLDED}"'
"""Words in the outputs of the callbacks that draw a page, and that unfold."""
NARROWING = ("status", "age", "outcome")


@dataclass(frozen=True)
class Link:
    """A number and the list that it leads to."""

    text: str
    address: str

    @property
    def number(self) -> int:
        """The number in its text, which is the only one there."""
        (found,) = re.findall(r"\d[\d,]*", self.text)
        return int(found.replace(",", ""))

    @property
    def counts(self) -> tuple[str, ...]:
        """What kind of count it is."""
        asked = dict(parse_qsl(urlsplit(self.address).query))
        return tuple(asked.get(name, "") for name in NARROWING)

    def listed(self, caller: Caller) -> int:
        """How many complaints its list has."""
        asked = [*parse_qsl(urlsplit(self.address).query), ("limit", "1")]
        count: int = caller.read(f"{API}?{urlencode(asked)}")["count"]
        return count


@dataclass(frozen=True)
class Seen:
    """A page, by panel: what is drawn, and the table that is unfolded under it."""

    parts: Mapping[str, list[Any]]
    tables: Mapping[str, Any]

    def links(self) -> list[Link]:
        """All that lead to lists of complaints."""
        found = {Link(text_of(one), one["href"]) for one in _links([*self.parts.values(), *self.tables.values()])}
        return sorted(found, key=lambda link: (link.address, link.text))

    def plain(self, name: str) -> frozenset[int]:
        """The whole numbers that are drawn in a panel and lead to no list, from 100 on."""
        texts = " | ".join(text_of(one, plain=True) for one in self.parts[name])
        return frozenset(int(one.replace(",", "")) for one in re.findall(r"(?<![\w.,])\d[\d,]{2,}(?![\w.%])", texts))


def see(caller: Caller, path: str, asked: Mapping[str, str]) -> Seen:
    """The page at this path, as the account sees it that calls."""
    page, search = page_at(path), f"?{urlencode(asked)}" if asked else ""
    assert page is not None
    poster = Poster(caller, page.panels)
    bodies = poster.bodies(search=search, data_path=path, pathname=path)
    draws = next(body for body in bodies if DRAWS in body["output"])
    unfolds = next(json.dumps(body) for body in bodies if UNFOLDS in body["output"] and body is not draws)
    reply = poster.post(draws)
    assert reply.status_code == 200, reply.text
    parts: dict[str, list[Any]] = {name: [] for name in page.panels}
    for id, props in reply.get_json()["response"].items():
        key = json.loads(id) if id.startswith("{") else {}
        if key.get("type") in {BODY, BESIDE} and key["name"] in parts:
            parts[key["name"]].append(_spelt_out(props.get("children")))
    folded = {name: poster.post(json.loads(unfolds.replace(SHOWN[0], name))) for name in parts}
    tables = {name: _spelt_out(reply.get_json()) for name, reply in folded.items() if reply.status_code == 200}
    return Seen(parts, tables)


def _spelt_out(part: Any) -> Any:
    """A part of a page, what comes as markup as the components that it was made of."""
    if isinstance(part, list):
        return [_spelt_out(one) for one in part]
    if not isinstance(part, dict):
        return part
    return _Reading(part["data-html"]).whole if "data-html" in part else {k: _spelt_out(v) for k, v in part.items()}


class _Reading(HTMLParser):
    """Reads markup: each element becomes its attributes and its children."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.whole: dict[str, Any] = {"children": []}
        self.around = [self.whole]
        self.feed(markup)

    def handle_starttag(self, _tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        one: dict[str, Any] = {**dict(attrs), "children": []}
        self.around[-1]["children"].append(one)
        self.around.append(one)

    def handle_endtag(self, _tag: str) -> None:
        self.around.pop()

    def handle_data(self, data: str) -> None:
        self.around[-1]["children"].append(data)


def text_of(part: Any, *, plain: bool = False) -> str:
    """All words in a part of a page; with `plain` those that lead to no list."""
    if isinstance(part, list):
        return " ".join(text_of(one, plain=plain) for one in part)
    if not isinstance(part, dict):
        return "" if part is None else str(part)
    if plain and _leads(part):
        return ""
    return text_of(part.get("props", part).get("children"), plain=plain)


def _leads(part: Mapping[str, Any]) -> bool:
    href = part.get("props", part).get("href")
    return isinstance(href, str) and urlsplit(href).path == LIST


def _links(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if _leads(part):
            yield part.get("props", part)
            return
        for value in part.values():
            yield from _links(value)
    elif isinstance(part, list):
        for value in part:
            yield from _links(value)
