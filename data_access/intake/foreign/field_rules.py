"""One field of a mapping file: a column, several, or a constant, and what its values mean."""

from datetime import datetime
from difflib import get_close_matches
from typing import Final, cast

from data_access.intake.canonical import EVENT_KINDS
from data_access.intake.foreign.mapping import IDS, STATUSES, TIMES, Field, IdKind, MappingProblem
from data_access.intake.foreign.yaml_words import Words

_KEYS: Final = ("column", "columns", "constant", "format", "id", "values", "otherwise", "empty")
WORDS: Final = ("iso", "excel", "epoch")
"""Formats of times that are no pattern."""
_MEANS: Final = {"status": STATUSES, "kind": EVENT_KINDS, "satisfied": ("true", "false")}
"""What a translation may lead to, where nothing else makes sense."""
_TRIED: Final = datetime(2024, 1, 31, 23, 58, 57)


def field_of(name: str, key: str, words: Words) -> Field:
    """The field of that key. A word alone is a column. Raises MappingProblem."""
    where = f"{name}: columns.{key}"
    if isinstance(words, str):
        words = {"column": words}
    if not isinstance(words, dict):
        raise MappingProblem(f"{where} is a list; write columns: below it, and the list there.")
    for inner in words:
        if inner not in _KEYS:
            near = get_close_matches(inner, _KEYS, 1, 0.5)
            mend = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KEYS)}."
            raise MappingProblem(f"{where}.{inner} is no key of a column; {mend}")
    columns, constant = _source(where, words)
    formats = _formats(where, key, words.get("format"))
    if "id" in words and (key not in IDS or words["id"] not in {"number", "text"}):
        raise MappingProblem(f"{where}.id can be number or text, and stands only below {', '.join(sorted(IDS))}.")
    values = _values(where, words.get("values", {}))
    otherwise, empty = _word(where, words, "otherwise"), _word(where, words, "empty")
    _meaning(where, key, [*values.values(), *(one for one in (otherwise, empty, constant) if one)])
    if key in TIMES | IDS and (values or otherwise is not None or empty is not None):
        raise MappingProblem(f"{where} is a {'time' if key in TIMES else 'number'}, which nothing translates.")
    return Field(columns, constant, formats, cast("IdKind", words.get("id", "number")), values, otherwise, empty)


def _source(where: str, words: dict[str, Words]) -> tuple[tuple[str, ...], str | None]:
    given = [one for one in ("column", "columns", "constant") if one in words]
    if len(given) != 1:
        raise MappingProblem(f"{where} must have one of column, columns and constant; it has {len(given)} of them.")
    value = words[given[0]]
    if given[0] == "constant":
        if not isinstance(value, str) or not value.strip():
            raise MappingProblem(f"{where}.constant is not one word or text; give one.")
        return (), value.strip()
    listed = [value] if isinstance(value, str) else value
    names = [one.strip() for one in listed if isinstance(one, str) and one.strip()] if isinstance(listed, list) else []
    if not names or len(names) != len(listed):
        raise MappingProblem(f"{where}.{given[0]} names no column; write its name as it stands in the header.")
    if given[0] == "column" and len(names) > 1:
        raise MappingProblem(f"{where}.column names several columns; write columns: before them.")
    return tuple(names), None


def _formats(where: str, key: str, words: Words | None) -> tuple[str, ...]:
    if key not in TIMES:
        if words is not None:
            raise MappingProblem(f"{where}.format stands only below times and days: {', '.join(sorted(TIMES))}.")
        return ()
    listed = ["iso"] if words is None or words == "" else [words] if isinstance(words, str) else words
    for one in listed:
        if not isinstance(one, str) or not (one in WORDS or _is_pattern(one)):
            raise MappingProblem(
                f"{where}.format is {one}, which tells no whole day; "
                f"write {', '.join(WORDS)}, or one like %d/%m/%Y %H:%M."
            )
    return tuple(str(one) for one in listed)


def _is_pattern(pattern: str) -> bool:
    """Whether a day written by the pattern can be read by it, and is the same day."""
    try:
        return datetime.strptime(_TRIED.strftime(pattern), pattern).date() == _TRIED.date()
    except (ValueError, OverflowError):
        return False


def _values(where: str, words: Words) -> dict[str, str]:
    if words == "":
        return {}
    if not isinstance(words, dict):
        raise MappingProblem(
            f"{where}.values is no table; write one line for each value: what stands there: what it is."
        )
    found: dict[str, str] = {}
    for given, meant in words.items():
        if not isinstance(meant, str):
            raise MappingProblem(f"{where}.values.{given} leads to more than one word; give one.")
        folded = given.strip().casefold()
        if folded in found and found[folded] != meant.strip():
            raise MappingProblem(f"{where}.values has {given} twice: capitals and blanks do not count; keep one.")
        found[folded] = meant.strip()
    return found


def _word(where: str, words: dict[str, Words], key: str) -> str | None:
    if key not in words:
        return None
    value = words[key]
    if not isinstance(value, str):
        raise MappingProblem(f"{where}.{key} holds more than one word; give one.")
    return value.strip()


def _meaning(where: str, key: str, meant: list[str]) -> None:
    known = _MEANS.get(key)
    for one in meant if known else ():
        if one and known and one not in known:
            raise MappingProblem(f"{where} leads to {one}; it can lead to {', '.join(known)}, or to nothing.")
