"""What a page posts to have its callbacks run, made from what the server says that they are (`/_dash-dependencies`)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from werkzeug.test import TestResponse

from callbacks.declared import DRAWN
from layouts.graph import GRAPH
from layouts.mapped import BESIDE, PARTS
from layouts.scorecard import SHOWN
from tests.app.serving import Caller

UPDATE = "/_dash-update-component"
VALUES: dict[str, Any] = {
    "search": "",
    "pathname": "/",
    "data-path": "/",
    "data-version": None,
    "data": "1 1",
    "date": "2019-09-10",
    "start_date": "2019-09-01",
    "end_date": "2019-09-05",
    "search_value": "fed",
    "n_clicks": 1,
    "clickData": {"points": [{"customdata": "sindh", "bbox": {"x0": 1.5}}]},
    "value": None,
    "getRowsRequest": {
        "startRow": 0,
        "endRow": 100,
        "sortModel": [{"colId": "age", "sort": "desc"}],
        "filterModel": {},
    },
}
"""Property -> what it holds unless a test says otherwise."""
Body = dict[str, Any]


@dataclass(frozen=True)
class Poster:
    """Posts as a page would. `values` are what its properties hold, `names` the panels that are on it."""

    caller: Caller
    names: Sequence[str] = SHOWN

    def bodies(self, **values: object) -> list[Body]:
        """One body for each callback; a property's name is given with underscores."""
        held = VALUES | {name if name in VALUES else name.replace("_", "-"): one for name, one in values.items()}
        told = self.caller.read("/_dash-dependencies")
        return [self._body(one, held) for one in told if not one["clientside_function"]]  # a browser runs those

    def body(self, output: str, **values: object) -> Body:
        """The body for the callback whose outputs this is in."""
        bodies = self.bodies(**values)
        (found,) = [one for one in bodies if one["output"] == output] or [
            one for one in bodies if output in one["output"]
        ]
        return found

    def post(self, body: object) -> TestResponse:
        """What the server says to it."""
        return self.send(json.dumps(body).encode())

    def send(self, content: bytes, kind: str | None = "application/json") -> TestResponse:
        """The same for any content."""
        account, password = self.caller.account, self.caller.password
        auth = (account, password) if account is not None else None
        return self.caller.client.post(UPDATE, data=content, content_type=kind, auth=auth)

    def _body(self, callback: Mapping[str, Any], values: Mapping[str, object]) -> Body:
        written: str = callback["output"]
        several = written.startswith("..")
        named = [one.rpartition(".") for one in (written[2:-2].split("...") if several else [written])]
        outputs = [self._part(id, name) for id, _, name in named]
        inputs, state = (
            [self._part(one["id"], one["property"], values) for one in callback[kind]] for kind in ("inputs", "state")
        )
        changed = [_flat(one) for one in inputs if one]  # a pattern that nothing matches has not changed
        return {
            "output": written,
            "outputs": outputs if several else outputs[0],
            "inputs": inputs,
            "state": state,
            "changedPropIds": [f"{_written(one['id'])}.{one['property']}" for one in changed],
            "parsedChangedPropsIds": [
                one["id"] if isinstance(one["id"], dict) else f"{one['id']}.{one['property']}" for one in changed
            ],
        }

    def _part(self, id: str, name: str, values: Mapping[str, object] | None = None) -> Any:
        if not id.startswith("{"):
            return _item(id, name, values)
        pattern: dict[str, Any] = json.loads(id)
        many = ["ALL"] in pattern.values()
        found = [_item(one, name, values) for one in _ids(pattern, self.names if many else SHOWN)]
        return found if many else found[0]


def _ids(pattern: Mapping[str, Any], names: Sequence[str]) -> Iterator[dict[str, str]]:
    shown = [name for name in names if pattern["type"] != GRAPH or name in DRAWN]
    known = {"name": shown, "part": PARTS if pattern["type"] == BESIDE else ("table", "how")}
    choices = [[value] if isinstance(value, str) else known[key] for key, value in pattern.items()]
    for chosen in product(*choices):
        yield dict(zip(pattern, chosen, strict=True))


def _item(id: object, name: str, values: Mapping[str, object] | None) -> dict[str, Any]:
    item = {"id": id, "property": name}
    return item if values is None else {**item, "value": id if name == "id" else values[name]}


def _flat(part: Any) -> Any:
    return part[0] if isinstance(part, list) else part


def _written(id: object) -> str:
    return id if isinstance(id, str) else json.dumps(id, sort_keys=True, separators=(",", ":"))
