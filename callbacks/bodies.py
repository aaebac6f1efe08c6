"""What a page may send to have a callback run: exactly what the callback declares, and nothing else.

Dash takes whatever it is sent: an output that it does not know, a list where a text belongs or two lists of different
lengths make it, or the callback, fall over. Here each body is held against the declarations before Dash reads it. Since
the shape must be the declared one, no body is deep or long.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import Dash
from flask import request
from werkzeug.exceptions import BadRequest

from callbacks.declared import KINDS, Declared, Part, declarations, family_of

UPDATE: Final = "/_dash-update-component"
"""Where pages post."""

Id = str | Mapping[str, str]


class BadBody(BadRequest):
    """What was sent is nothing that a page sends; the description says what is wrong with it, in one sentence."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This request cannot be taken: {what}; reload the page.")


def check(declared: Mapping[str, Declared], body: object) -> None:
    """Raise BadBody unless the body is one that a page sends for one of these callbacks."""
    if not isinstance(body, dict):
        raise BadBody("it is no JSON object")
    output = body.get("output")
    wanted = declared.get(output) if isinstance(output, str) else None
    if wanted is None:
        raise BadBody("its output belongs to no callback of this server")
    known = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
    if not body.keys() <= known:
        raise BadBody(f"it may hold {', '.join(sorted(known))} and nothing else")
    outputs = body.get("outputs")
    seen = _Seen({})
    seen.take("outputs", wanted.outputs, [outputs] if wanted.one_output else outputs, with_values=False)
    changeable = seen.take("inputs", wanted.inputs, body.get("inputs"), with_values=True)
    seen.take("state", wanted.state, body.get("state", []), with_values=True)
    _check_changes(body, changeable)


@dataclass(frozen=True)
class _Seen:
    """The names that a body listed so far, by family; they are the same all through it."""

    names: dict[tuple[str, bool], list[dict[str, str]]]

    def take(
        self, where: str, parts: Sequence[Part], sent: object, *, with_values: bool
    ) -> Sequence[Mapping[str, Any]]:
        """What stands in this list, flat. Raises BadBody unless it is what the parts declare."""
        if not isinstance(sent, list) or len(sent) != len(parts):
            raise BadBody(f"its {where} are not the {len(parts)} that the callback declares")
        found: list[Mapping[str, Any]] = []
        for part, given in zip(parts, sent, strict=True):
            listed = given if part.many else [given]
            if not isinstance(listed, list):
                raise BadBody(f"its {where} hold one {part.property} where many are declared")
            for item in listed:
                _check_item(where, part, item, with_values=with_values)
            self._check_names(where, part, [item["id"] for item in listed])
            found += listed
        return found

    def _check_names(self, where: str, part: Part, ids: Sequence[Id]) -> None:
        names = [{key: value for key, value in one.items() if key != "type"} for one in ids if not isinstance(one, str)]
        if len({tuple(sorted(name.items())) for name in names}) != len(names):
            raise BadBody(f"its {where} name a component twice")
        if not isinstance(part.id, str) and self.names.setdefault((family_of(part), part.many), names) != names:
            raise BadBody(f"its {where} name other components than the rest of it")


def _check_item(where: str, part: Part, item: object, *, with_values: bool) -> None:
    allowed = {"id", "property", "value"} if with_values else {"id", "property"}
    if not isinstance(item, dict) or not item.keys() <= allowed:
        raise BadBody(f"its {where} are not made of {', '.join(sorted(allowed))}")
    if not part.fits(item.get("id")) or item.get("property") != part.property:
        raise BadBody(f"its {where} name components or properties that the callback does not declare")
    value = item.get("value")
    if part.property == "id":
        if value != item["id"]:
            raise BadBody(f"its {where} hold an id that is not the component's")
    elif value is not None and not KINDS[part.property](value):
        raise BadBody(f"its {where} hold something that is no {part.property}")


def _check_changes(body: Mapping[str, Any], inputs: Sequence[Mapping[str, Any]]) -> None:
    """Which of the inputs changed: Dash looks them up by name, and reads the ids in the names."""
    names = {f"{_written(item['id'])}.{item['property']}" for item in inputs}
    changed, parsed = body.get("changedPropIds", []), body.get("parsedChangedPropsIds", [])
    if not _all_in(changed, names):
        raise BadBody("its changedPropIds are not inputs of the callback")
    if not _all_in(parsed, [*names, *(item["id"] for item in inputs)]):
        raise BadBody("its parsedChangedPropsIds are not inputs of the callback")


def _all_in(sent: object, known: Iterable[object]) -> bool:
    held = list(known)
    return isinstance(sent, list) and len(sent) <= len(held) and all(one in held for one in sent)


def _written(id: Id) -> str:
    """An id as Dash writes it into names."""
    return id if isinstance(id, str) else json.dumps(dict(id), sort_keys=True, separators=(",", ":"))


def check_bodies(app: Dash) -> None:
    """Hold what pages post against what the callbacks declare. Call it when all callbacks are registered."""
    declared = declarations(app.callback_map)

    @app.server.before_request
    def _check() -> None:
        if request.path != UPDATE or request.method != "POST":
            return
        if not request.is_json:
            raise BadBody("it is not marked as JSON (Content-Type: application/json)")
        try:
            body = request.get_json()
        except BadRequest:
            raise BadBody("it is no JSON") from None
        check(declared, body)
