"""What Citus does not take, or takes only by bringing all facts to one machine: told of a statement that is read.

Known of its planner: docs.citusdata.com, "SQL support and workarounds"; its issues 4160 and 4641.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from data_access.citus import EVERYWHERE, SPREAD
from tests.reading_sql import Level, read

FACTS: Final = frozenset(SPREAD)
_WHOLE: Final = frozenset(EVERYWHERE)
_NEVER: Final = ("FOR UPDATE", "MERGE INTO", "WITH RECURSIVE", "GROUPING SETS", "ROLLUP", "CUBE (", "LATERAL")
_CHANGING: Final = re.compile(r"\b(now|random|clock_timestamp|timezone|current_\w+|date_trunc|nextval)\b")
_COUNTS: Final = re.compile(r"\b(sum|count|min|max|avg) \(")
_SAME: Final = re.compile(r"(\w+) \. (\w+) = (\w+) \. (\w+)")

_seen: set[str] = set()
found: list[str] = []
"""What was found in statements that were sent to PostgreSQL, since it was last looked at."""


def listen() -> None:
    """Judge every statement that is sent to PostgreSQL in this process from now on."""
    event.listen(Engine, "before_cursor_execute", _hear)


def _hear(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if connection.dialect.name != "postgresql" or statement in _seen:
        return
    _seen.add(statement)
    problem = why_not(" ".join(statement.split()))
    if problem:
        found.append(f"{problem}: {statement}")


@cache
def why_not(statement: str) -> str | None:
    """Why Citus would not take it; None where it would, as far as can be told from its words."""
    if not re.match(r"(SELECT|WITH|INSERT|UPDATE|DELETE)\b", statement):
        return None
    arms = read(statement)
    common = {name for arm in arms for one in arm.every() for name in one.common}
    named = {name for arm in arms for name in (*arm.all_named(), arm.target)}
    if not named & (FACTS | _WHOLE):
        return None
    bad = [word for word in _NEVER if named & FACTS and word in statement.upper()]
    if bad:
        return f"{bad[0]} over facts"
    problems = (problem for arm in arms for one in arm.every() for problem in _problems(one, common))
    return next(problems, None)


def _problems(level: Level, common: set[str]) -> Iterator[str]:
    here = level.named() - common
    facts, verb = here & FACTS, level.words[0].upper()
    if verb in {"UPDATE", "DELETE"}:
        yield from _of_change(level, here)
    if level.target in FACTS and re.search(r"ON CONFLICT(?!.*(excluded|NOTHING))", level.text):
        yield "rows that are there already are replaced by other than what comes"
    if not _are_joined(level):
        yield "facts are joined by other than the complaint"
    if any(level.tables[name] in FACTS for name in level.outer) and not _has_facts(level):
        yield "all facts are brought to where there are none, by an outer join"
    for one in level.inside:
        yield from _of_subquery(one, facts, here, common)
        if one.where == "column" and one.all_named() & FACTS and facts and _COUNTS.search(level.text):
            yield "a subquery over facts stands beside a count of facts"


def _of_change(level: Level, here: set[str]) -> Iterator[str]:
    target = next(iter(level.tables.values()))
    if target in FACTS and _CHANGING.search(level.text):
        yield "facts are changed by what is not the same for ever"
    if target in _WHOLE and here - {target}:
        yield "what stands everywhere is changed by way of another table"
    if target not in FACTS and (here - {target}) & FACTS:
        yield "all facts are brought to what is changed"


def _of_subquery(one: Level, facts: set[str], around: set[str], common: set[str]) -> Iterator[str]:
    """A subquery that takes something from outside: allowed from facts to facts, by complaint."""
    inner = one.all_named() - common
    if one.where == "with" or not one.taken() or not (inner | around) & FACTS:
        return
    if not facts:
        yield "a subquery over facts hangs on a row of what is none"
    elif not inner <= FACTS | _WHOLE:
        yield "a subquery over rows of one machine hangs on a row of facts"
    elif not around <= FACTS | _WHOLE | common:
        yield "a subquery over facts hangs on a row beside rows of one machine"
    elif inner & FACTS and not any(
        {left, right} <= {"id", "complaint_id"} and {a, b} & one.taken()
        for a, left, b, right in _SAME.findall(one.text)
    ):
        yield "a subquery over facts hangs on a row of facts by other than the complaint"


def _has_facts(level: Level) -> bool:
    """Whether there are any on the side of an outer join that has a row always."""
    always = {table for name, table in level.tables.items() if name not in level.outer}
    return bool(always & FACTS) or ("" in always and any(one.all_named() & FACTS for one in level.inside))


def _are_joined(level: Level) -> bool:
    """Whether all facts that are named in one FROM are the same complaint's."""
    facts = {name for name, table in level.tables.items() if table in FACTS}
    if len(facts) < 2:
        return True
    keys = {name: SPREAD[level.tables[name]] for name in facts}
    same = [({(a, left), (b, right)}) for a, left, b, right in _SAME.findall(level.text)]
    together = {next(iter(keys.items()))}
    for _ in same:
        for pair in same:
            together |= pair if pair & together else set()
    return set(keys.items()) <= together
