"""A file to present, read back: its slides, their tables and what they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"meta", "link", "col", "br", "input"})


@dataclass
class Node:
    """An element."""

    name: str
    attributes: dict[str, str]
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, name: str = "", **attributes: str) -> "Iterator[Node]":
        """The elements below it of that name that have these attributes; `class_` is one of the classes."""
        for one in self.children:
            if isinstance(one, Node):
                if name in {"", one.name} and all(one.has(key, value) for key, value in attributes.items()):
                    yield one
                yield from one.all(name, **attributes)

    def has(self, key: str, value: str) -> bool:
        if key == "class_":
            return value in self.attributes.get("class", "").split()
        return self.attributes.get(key.replace("_", "-")) == value

    def one(self, name: str = "", **attributes: str) -> "Node":
        return next(self.all(name, **attributes))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"{tag} ends what it has not begun"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(content: bytes) -> Node:
    """The document; every element ends where it must."""
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def slides(page: Node) -> list[Node]:
    """The slides, without those one level deeper."""
    return [one for one in page.all("section", class_="slide") if not one.has("class_", "deeper")]


def deeper(page: Node, n: int, way: int) -> list[Node]:
    """The slides of a way down from slide n."""
    return list(page.all("section", class_="deeper", data_n=str(n), data_down=str(way)))


def columns(pages: list[Node]) -> dict[str, list[str]]:
    """The cells of tables that go on from page to page, by the heading of their column."""
    found: dict[str, list[str]] = {}
    done: dict[str, int] = {}
    for table in (table for page in pages for table in page.all("table")):
        heads = [one.text for one in table.one("thead").all("th")]
        rows = [_cells(row) for row in table.one("tbody").all("tr")]
        for place, head in enumerate(heads):
            if place == 0 and done.setdefault(heads[1] if heads[1:] else head, 0) < len(found.get(head, [])):
                continue  # it stands on every page, also on those that go on with further columns
            found.setdefault(head, []).extend(row[place] for row in rows)
        if heads[1:]:
            done[heads[1]] += len(rows)
    return found


def _cells(row: Node) -> list[str]:
    return [one.text for one in row.all() if one.name in {"th", "td"} and not one.has("class_", "bar")]
