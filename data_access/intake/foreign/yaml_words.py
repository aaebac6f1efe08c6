"""YAML in which every word stays the word it is: No is no false, 1 no number, 2024-01-02 no day."""

from typing import Final

import yaml  # type: ignore[import-untyped]  # has no types of its own

from data_access.intake.foreign.mapping import MappingProblem

Words = str | list["Words"] | dict[str, "Words"]
LARGEST: Final = 1 << 20
"""Characters of a mapping."""
_DEEPEST: Final = 8


def words_of(text: str, name: str) -> Words:
    """The document as texts, lists and dictionaries; nothing (null, ~) is an empty text. Raises MappingProblem."""
    if len(text) > LARGEST:
        raise MappingProblem(f"{name} is longer than {LARGEST:,} characters; a mapping is a page or two.")
    try:
        _check_events(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" on line {mark.line + 1}" if mark else ""
        raise MappingProblem(f"{name} is no YAML that can be read{where} ({error.problem}); mend that line.") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = (str(error).splitlines() or ["too deep"])[0]
        raise MappingProblem(f"{name} is no YAML that can be read ({reason}); write it anew.") from error
    return {} if node is None else _plain(node, name)


def _check_events(text: str, name: str) -> None:
    """Raise MappingProblem for what takes long to read whole, as soon as it begins."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        # Names for parts of a document make it possible to write billions of values in a few lines.
        if isinstance(event, yaml.AliasEvent):
            raise MappingProblem(f"{name} uses * for what stands elsewhere; write it out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1
            raise MappingProblem(f"{name} goes too deep on line {line}; nothing in a mapping lies so deep.")


def _plain(node: yaml.Node, name: str) -> Words:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, name) for one in node.value]
    if not isinstance(node, yaml.MappingNode):
        return "" if node.style is None and node.value in {"~", "null"} else str(node.value)
    found: dict[str, Words] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            line = key.start_mark.line + 1
            raise MappingProblem(f"{name} has a key on line {line} that is no word; write a word before the colon.")
        if key.value in found:
            raise MappingProblem(f"{name} has {key.value} twice, on line {key.start_mark.line + 1}; keep one of each.")
        found[key.value] = _plain(value, name)
    return found
