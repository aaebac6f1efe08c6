"""Statements read as far as Citus cares: which tables each SELECT names, and what its subqueries take from outside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_WORD: Final = re.compile(r"'(?:[^']|'')*'|%\(\w+\)s|\"[^\"]+\"|\w+|[^\s\w]")
_ARMS: Final = frozenset({"UNION", "EXCEPT", "INTERSECT"})
_TABLES_FOLLOW: Final = frozenset({"FROM", "JOIN", "INTO", "UPDATE", "USING"})
_TABLES_END: Final = frozenset(
    {"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "WINDOW", "ON", "SET", "SELECT", "VALUES", "RETURNING"}
)
_SIDES: Final = frozenset({"LEFT", "FULL", "RIGHT"})


@dataclass
class Level:
    """One SELECT, UPDATE or DELETE, without what stands in its subqueries.

    `where`: `statement`, `from` (a subquery that is read like a table), `with`, `column` or `condition`. `tables`: the
    name by which it goes here -> the table, empty for a subquery. `outer`: names on the side of an outer join that may
    have no row. `target`: what is inserted into. `common`: the names that a WITH gives.
    """

    where: str = "statement"
    words: list[str] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)
    target: str = ""
    common: set[str] = field(default_factory=set)
    inside: list["Level"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own words."""
        return " ".join(self.words)

    def every(self) -> Iterator["Level"]:
        """This one and all inside."""
        yield self
        for one in self.inside:
            yield from one.every()

    def named(self) -> set[str]:
        """The tables that it names itself."""
        return set(self.tables.values()) - {""}

    def all_named(self) -> set[str]:
        """The tables that it and all inside name."""
        return {name for one in self.every() for name in one.named()}

    def taken(self) -> set[str]:
        """The names before a dot that are of no table here: it takes columns of them from outside."""
        own = re.findall(r"(?<![\w.%])(\w+) \. \w+", self.text)
        inside = {name for one in self.inside for name in one.taken()}
        return (set(own) | inside) - set(self.tables) - {self.target}


def read(statement: str) -> list[Level]:
    """The arms of a statement, which are one but where it unites several."""
    return _Reading([word.strip('"') for word in _WORD.findall(statement)]).arms("statement")


class _Reading:
    def __init__(self, words: list[str]) -> None:
        self.words, self.at = words, 0
        self.tables, self.side = False, ""  # whether tables are being named, and on which side of an outer join

    def arms(self, where: str) -> list[Level]:
        """Up to the bracket that closes, or the end."""
        found, depth = [Level(where)], 0
        self.tables, self.side = False, ""
        while self.at < len(self.words):
            word, before = self.words[self.at], self.words[self.at - 1].upper() if self.at else ""
            self.at += 1
            if word == "(" and self._next() in {"SELECT", "WITH"}:
                self._go_inside(found[-1], before)
                continue
            if word == ")" and not depth:
                return found
            depth += {"(": 1, ")": -1}.get(word, 0)
            if word.upper() in _ARMS and not depth:
                found.append(Level(where))
                self.tables = False
                continue
            if not depth:
                self._take(found[-1], word, before)
            found[-1].words.append(word)
        return found

    def _take(self, level: Level, word: str, before: str) -> None:
        loud = word.upper()
        if loud in _SIDES and self._next() in {"JOIN", "OUTER"}:
            self.side = loud
        elif loud in _TABLES_FOLLOW and before not in {"DISTINCT", "DO"}:
            self.tables = True
        elif loud in _TABLES_END:
            self.tables, self.side = False, ""
        elif self.tables and before in {*_TABLES_FOLLOW, ","} and re.match(r"[a-z_]\w*$", word):
            if before == "INTO":
                level.target = word
            else:
                self._name(level, word, word)

    def _next(self) -> str:
        return self.words[self.at].upper() if self.at < len(self.words) else ""

    def _go_inside(self, level: Level, before: str) -> None:
        tables, side, where = self.tables, self.side, "condition"
        if before in {"AS", "MATERIALIZED"}:
            where = "with"
            level.common.add([word for word in level.words if word.upper() not in {"AS", "NOT", "MATERIALIZED"}][-1])
        elif tables:
            where = "from"
        elif "FROM" not in (word.upper() for word in level.words):
            where = "column"
        level.inside += self.arms(where)
        level.words.append("()")
        self.tables, self.side = tables, side
        if where == "from":
            self._name(level, "", "")

    def _name(self, level: Level, table: str, name: str) -> None:
        if self._next() == "AS":
            name = self.words[self.at + 1]
        level.tables[name] = table
        if self.side:
            level.outer.add(name)
            self.side = ""
