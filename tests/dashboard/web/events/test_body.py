"""A batch is read strictly: what it cannot be is said in a sentence, and nothing of it is taken for something else."""

import json
from typing import Any

import pytest

from dashboard.web.events.body import FIELDS, MOST_ROWS, SentProblem, batch_of

EVENT = {"complaint": 1, "happened_at": "2019-09-30T10:00:00", "kind": "reopened"}


def problem(content: bytes) -> SentProblem:
    with pytest.raises(SentProblem) as error:
        batch_of(content)
    text = str(error.value)
    assert text.endswith(".")
    text.encode()
    return error.value


def test_a_batch_is_read() -> None:
    body = {"invented": True, "events": [EVENT], "citizens": [{"id": 7}]}
    batch = batch_of(json.dumps(body).encode())
    assert batch.invented
    assert list(batch.lists.items()) == [("citizens", [{"id": 7}]), ("events", [EVENT])]  # as the door takes them
    assert batch_of(b'{"events": []}').invented is False
    assert FIELDS == ("events", "complaints", "citizens", "invented")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The body is no JSON: Expecting value, line 1, column 1."),
        (b'{"events": [}', "The body is no JSON: Expecting value, line 1, column 13."),
        (b"{'events': []}", "The body is no JSON"),
        (b'{"events": []} x', "The body is no JSON: Extra data"),
        (b"\xff\xfe{\x00}\x00", "The body is no text in UTF-8."),
        (b"[" * 100_000, "The body is nested too deeply."),
        (b'{"events":' * 100_000, "The body is nested too deeply."),
        (b'{"events": NaN}', "The body has a number that is none"),
        (b'{"events": [{"complaint": -Infinity}]}', "The body has a number that is none"),
        (b'{"events": [{"complaint": ' + b"9" * 5000 + b"}]}", "The body has a number that is none"),
        (b'{"events": [], "events": []}', "'events' stands twice in one object."),
        (b'{"events": [{"kind": "closed", "kind": "closed"}]}', "'kind' stands twice in one object."),
        (b'{"events": [{"kind": {"\\ud800": 1, "\\ud800": 2}}]}', "'?' stands twice in one object."),
        (b'"events"', "Send a JSON object; it has events, complaints, citizens, invented."),
        (b"null", "Send a JSON object"),
        (b"[]", "Send a JSON object"),
        (b'{"event": []}', "There is no field 'event'; known are events, complaints, citizens, invented."),
        (b'{"\\udfff": []}', "There is no field '?'"),
        (b'{"complaints": []}', "The field events is missing; it is a list, which may be empty."),
        (b'{"events": {}}', "events is a list of rows."),
        (b'{"events": null}', "events is a list of rows."),
        (b'{"events": [], "invented": 1}', "invented is true or false."),
        (b'{"events": [[]]}', "events[0] is no JSON object."),
        (b'{"events": [], "complaints": [{"id": 1}, {"ID": 1}]}', "complaints[1] has a column 'ID'; known are id,"),
        (b'{"events": [{"' + b"x" * 500 + b'": 1}]}', f"events[0] has a column '{'x' * 60}'; known are complaint,"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_batch_is_told_in_a_sentence(content: bytes, says: str) -> None:
    found = problem(content)
    assert str(found).startswith(says)
    assert found.status == 400


def test_more_rows_than_are_taken_at_once_are_refused() -> None:
    rows: list[Any] = [{}] * MOST_ROWS
    assert len(batch_of(json.dumps({"events": rows}).encode()).lists["events"]) == MOST_ROWS
    found = problem(json.dumps({"events": rows, "complaints": [{}]}).encode())
    assert (found.status, str(found)) == (413, "These are 10,001 rows, and 10,000 are taken at once; send fewer.")


def test_many_names_in_one_object_are_read_in_no_time() -> None:
    """Whoever looks for what stands twice by comparing each with each takes minutes for a body that is still taken."""
    names = ", ".join(f'"{number}": 0' for number in range(200_000))
    problem(f'{{{names}, "0": 0}}'.encode())
