"""Answers that another process had worked out: every panel says and draws the same, to those who may see it."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from plotly.utils import PlotlyJSONEncoder  # type: ignore[import-untyped]  # plotly has no types of its own
from sqlalchemy import make_url

from dashboard.charts.boundaries import map_layer
from dashboard.files.csv import to_csv
from dashboard.files.report.figures import canonical
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers, Heard
from dashboard.panels.catalogue import PANELS
from data_access import shelf
from data_access.boundaries import read_boundaries
from data_access.database import Database, open_database
from data_access.filters import Filters, parse_query
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.bodies import body_of
from layouts.parts import Here, Layers
from tests.app.small import bring, example, filed, make, reads_all
from tests.conftest import administer, names

pytestmark = pytest.mark.xdist_group("postgres")
REMEMBERED = [name for name, panel in PANELS.items() if panel.remembered]


@pytest.fixture(scope="module")
def pair(postgres_url: str) -> Iterator[tuple[Database, Database]]:
    """The small database on PostgreSQL, as two processes have it open."""
    server, name = make_url(postgres_url), f"test_{next(names)}"
    administer(server, f"CREATE DATABASE {name}")
    url = server.set(database=name).render_as_string(hide_password=False)
    with closing(make(url)) as one, closing(open_database(url)) as other:
        yield one, other
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def all_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little time it took."""
    monkeypatch.setattr(shelf, "WORTH", 0.0)


def asked(reads: Reader, name: str, filters: Filters) -> tuple[Answer, Heard]:
    """What a process answers that remembers nothing, and what it tells of it."""
    heard: list[Heard] = []
    answer = Answers(heard=heard.append).answer(PANELS[name], reads, filters)
    assert len(heard) == 1
    return answer, heard[0]


@pytest.fixture(scope="module")
def layers() -> Layers:
    """Our boundaries."""
    found = read_boundaries(Path(__file__).parents[2] / "assets" / "boundaries")
    return {"provinces": map_layer(found.provinces, "/p"), "districts": map_layer(found.districts, "/d")}


def drawn(answer: Answer, layers: Layers) -> str:
    """All that stands in the middle of the panel."""
    body = body_of(answer, Here("/", answer.asked, layers))
    return json.dumps(body, cls=PlotlyJSONEncoder, sort_keys=True)


@pytest.mark.parametrize("name", REMEMBERED)
def test_every_panel_says_and_draws_the_same(pair: tuple[Database, Database], layers: Layers, name: str) -> None:
    made, told = asked(reads_all(pair[0]), name, example(PANELS[name]))
    assert (told.shared, told.seconds is None) == (False, False)
    found, told = asked(reads_all(pair[1]), name, example(PANELS[name]))
    assert (told.shared, told.seconds) == (True, None)
    for field in fields(Answer):
        if field.name != "frame":
            assert getattr(found, field.name) == getattr(made, field.name), field.name
    assert canonical([found]) == canonical([made])
    assert to_csv(found) == to_csv(made)
    assert drawn(found, layers) == drawn(made, layers)


def test_an_account_gets_nothing_that_was_worked_out_for_one_that_sees_more(pair: tuple[Database, Database]) -> None:
    filters = parse_query("as_of=2019-09-20")
    everything, _ = asked(reads_all(pair[0]), "totals", filters)
    pinned = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    own, told = asked(reader(pair[1], pinned), "totals", filters)
    assert not told.shared
    assert own.rows != everything.rows
    assert own.pinned == {"government": "sindh"}
    again, told = asked(reader(pair[0], pinned), "totals", filters)
    assert (told.shared, again.rows, again.abilities) == (True, own.rows, pinned.abilities)


def test_what_came_in_since_is_in_the_answer(pair: tuple[Database, Database]) -> None:
    """Last in this module: the database is another one after it."""
    filters = parse_query("")
    before, _ = asked(reads_all(pair[0]), "totals", filters)
    complaint, event = filed(9_001, before.as_of, "federal-office")  # type: ignore[arg-type]  # there is a day
    bring(pair[0], {"complaint": [complaint], "event": [event]})
    after, told = asked(reads_all(pair[1]), "totals", filters)
    assert (told.shared, after.data_version) == (False, before.data_version + 1)
    assert after.rows[0]["received"] == before.rows[0]["received"] + 1
