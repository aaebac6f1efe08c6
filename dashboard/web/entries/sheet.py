"""What one kind of entries is on its page: its words, its fields, and the columns of its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from dashboard.web.entries.fields import Field
from data_access.database import Database
from data_access.directory import Directory
from data_access.entries.book import Book
from data_access.entries.entry import D
from data_access.scope import Scope


@dataclass(frozen=True)
class Sheet(Generic[D]):
    """One kind. `back` is the page that shows it, and what leads there; `beside` the other pages like this one.

    `draft_in` makes an entry of what was typed and raises RecordProblem; `cells` tell one in words, under the heads.
    """

    name: str
    path: str
    title: str
    back: tuple[str, str]
    adds: str
    changes_one: str
    about: str
    nothing: str
    heads: Sequence[str]
    fields: Callable[[Directory, Scope], list[Field]]
    draft_in: Callable[[Mapping[str, str]], D]
    cells: Callable[[D, Directory, str], list[str]]
    book: Callable[[Database, Scope], Book[D]]
