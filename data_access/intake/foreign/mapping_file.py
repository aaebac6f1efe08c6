"""A mapping file read and held against what a mapping may say; each problem is a sentence with the key."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Final, get_args
from zoneinfo import ZoneInfo

from data_access.clock import ZONE
from data_access.intake.foreign.encodings import known_encoding
from data_access.intake.foreign.field_rules import field_of
from data_access.intake.foreign.mapping import (
    ASKED,
    MAKEABLE,
    NEEDED,
    Field,
    ForeignMapping,
    MappingProblem,
    RowKind,
)
from data_access.intake.foreign.parts import Layout
from data_access.intake.foreign.yaml_words import Words, words_of
from data_access.origin import LONGEST, Origin

EXAMPLES: Final = Path(__file__).parents[2] / "mappings"
_KEYS: Final = ("rows", "file", "time_zone", "namespace", "make", "place", "source", "columns")
_FILE_KEYS: Final = ("encoding", "separator", "sheet", "header_line")
_SEPARATORS: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def load_mapping(path: Path) -> ForeignMapping:
    """The mapping in that file, or the example of that name (nyc_311, helpdesk). Raises MappingProblem."""
    example = EXAMPLES / f"{path.name}.yaml"
    found = example if not path.exists() and path.parent == Path() and example.is_file() else path
    try:
        text = found.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingProblem(f"{path} is not text in UTF-8; save the mapping in UTF-8.") from error
    except (OSError, ValueError) as error:
        known = ", ".join(sorted(one.stem for one in EXAMPLES.glob("*.yaml")))
        reason = getattr(error, "strerror", None) or str(error)
        raise MappingProblem(
            f"The mapping {path} cannot be read ({reason}); name a file, or an example: {known}."
        ) from error
    return parse_mapping(text, found.name)


def parse_mapping(text: str, name: str) -> ForeignMapping:
    """The mapping that the text says. Raises MappingProblem."""
    top = words_of(text, name)
    if not isinstance(top, dict) or not top:
        raise MappingProblem(f"{name} has no keys; begin with rows: and columns:, as docs/data.md shows.")
    refuse_unknown(name, top, _KEYS, "")
    rows = _rows(name, top.get("rows", "case"))
    columns = top.get("columns")
    if not isinstance(columns, dict):
        raise MappingProblem(f"{name}: columns is missing; say below it which column of the export is which of ours.")
    refuse_unknown(name, columns, sorted(ASKED[rows]), "columns.")
    fields = {key: field_of(name, key, words) for key, words in columns.items()}
    _complete(name, rows, fields)
    namespace = _word(name, "namespace", top.get("namespace", ""))
    if not namespace and any(one.id == "text" for one in fields.values()):
        raise MappingProblem(
            f"{name}: namespace is missing, but ids are text; give the export a name of its own that stays the same."
        )
    zone = _zone(name, top.get("time_zone", ZONE))
    layout, make, told = _layout(name, top.get("file", {})), _make(name, top), _told(name, top)
    return ForeignMapping(name, rows, fields, namespace, zone, layout, make, told)


def refuse_unknown(name: str, given: Collection[str], known: Collection[str], below: str) -> None:
    """Refuse a key that means nothing here, and say which one it looks like."""
    for key in given:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.5)
            mend = f"did you mean {below}{near[0]}?" if near else f"known are {', '.join(known)}."
            raise MappingProblem(f"{name}: {below}{key} is no key of a mapping; {mend}")


def _word(name: str, key: str, words: Words) -> str:
    if not isinstance(words, str):
        raise MappingProblem(f"{name}: {key} holds more than one word; give one.")
    return words.strip()


def _rows(name: str, words: Words) -> RowKind:
    for kind in get_args(RowKind):
        if words == kind:
            return kind  # type: ignore[no-any-return]  # get_args knows no types
    raise MappingProblem(f"{name}: rows is {words}; it can be case (a row is a complaint) or event.")


def _zone(name: str, words: Words) -> str:
    zone = _word(name, "time_zone", words)
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError) as error:
        raise MappingProblem(
            f"{name}: time_zone is {zone or 'empty'}, which is no time zone; write one like Asia/Karachi."
        ) from error
    return zone


def _told(name: str, top: dict[str, Words]) -> Origin:
    place, source = (_word(name, key, top.get(key, "")) for key in ("place", "source"))
    for key, words in (("place", place), ("source", source)):
        if len(words) > LONGEST or not words.isprintable():
            raise MappingProblem(f"{name}: {key} is not one line of at most {LONGEST} letters; shorten it.")
    return Origin(place, source)


def _make(name: str, top: dict[str, Words]) -> frozenset[str]:
    words = top.get("make", [])
    listed = [words] if isinstance(words, str) and words else words
    for one in listed:
        if one not in MAKEABLE:
            raise MappingProblem(f"{name}: make has {one}, which cannot be made; it can have {', '.join(MAKEABLE)}.")
    return frozenset(str(one) for one in listed)


def _layout(name: str, words: Words) -> Layout:
    if words == "":
        return Layout()
    if not isinstance(words, dict):
        raise MappingProblem(f"{name}: file holds {words}; below it may stand {', '.join(_FILE_KEYS)}.")
    refuse_unknown(name, words, _FILE_KEYS, "file.")
    told = {key: value if key == "separator" else _word(name, f"file.{key}", value) for key, value in words.items()}
    encoding, separator, line = told.get("encoding"), told.get("separator"), told.get("header_line")
    if encoding:
        known = known_encoding(str(encoding))
        if known is None:
            raise MappingProblem(f"{name}: file.encoding is {encoding}, which is none; write one like windows-1256.")
        encoding = known
    if separator is not None:
        separator = _SEPARATORS.get(str(separator).strip().lower(), separator)
        if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n' or not separator.isascii():
            raise MappingProblem(f"{name}: file.separator is {separator}; it is one sign, or the word tab.")
    if line and not (str(line).isdecimal() and 1 <= int(str(line)[:6]) <= 1000):
        raise MappingProblem(f"{name}: file.header_line is {line}; it is the number of a line, from 1 to 1000.")
    sheet = told.get("sheet")
    return Layout(
        str(encoding) if encoding else None,
        separator,
        str(sheet) if sheet else None,
        int(str(line)) if line else None,
    )


def _complete(name: str, rows: RowKind, fields: dict[str, Field]) -> None:
    for key in NEEDED[rows]:
        if key not in fields:
            raise MappingProblem(f"{name}: columns.{key} is missing; every row must have it.")
    for key in ("id", "complaint"):
        if key in fields and not fields[key].columns:
            raise MappingProblem(f"{name}: columns.{key} must be a column: no two complaints have the same number.")
    if rows == "case" and not {"office", "department"} & set(fields):
        raise MappingProblem(f"{name}: columns has neither office nor department; say who holds a complaint.")
    for key, needs in (("subcategory", "category"), ("reopened_at", "closed_at"), ("satisfied", "closed_at")):
        if rows == "case" and key in fields and needs not in fields:
            raise MappingProblem(f"{name}: columns.{key} needs columns.{needs}; add that, or leave it out.")
