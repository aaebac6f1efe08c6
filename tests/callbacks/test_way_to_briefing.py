"""From every page there is a way to the form that freezes what it shows, for those who make briefings."""

from urllib.parse import parse_qs, urlsplit

import pytest

from callbacks.ways import way_to_briefing
from dashboard.files.briefing.making import Wish, freeze
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import parse_query
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.pages import PAGES
from tests.app.small import bare, own, small

__all__ = ["bare", "own", "small"]
PMO = Scope("pmo", "pmo", {}, ROLES["pmo"].abilities)
PRESENTER = Scope("presenter", "presenter", {}, ROLES["presenter"].abilities)


def asked(link: str) -> tuple[list[str], str]:
    said = parse_qs(urlsplit(link).query)
    return said["panels"][0].split(), said.get("query", [""])[0]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scope", [PMO, PRESENTER], ids=["pmo", "presenter"])
def test_what_a_page_shows_can_be_frozen(small: Database, path: str, scope: Scope) -> None:
    page = PAGES[path]
    taken = page.taken(parse_query("as_of=2019-09-30&government=federal&lang=en"))
    link = way_to_briefing(f"{path}100" if page.numbered else path, f"?{taken.query()}", scope)
    if link is None:
        assert all(PANELS[name].needs or PANELS[name].ability for name in page.panels)
        return
    names, query = asked(link)
    wishes = [Wish(name) for name in names[:20]]
    frozen = freeze("T", wishes, Answers(), reader(small, scope), parse_query(query))
    assert frozen.digest


def test_the_filters_of_the_page_go_along() -> None:
    link = way_to_briefing("/", "?as_of=2019-09-01&government=sindh", PMO)
    assert link is not None
    assert asked(link)[1] == "as_of=2019-09-01&government=sindh"


def test_others_and_what_cannot_be_read_have_none() -> None:
    viewer = Scope("viewer", "viewer", {}, ROLES["viewer"].abilities)
    assert way_to_briefing("/", "", viewer) is None
    assert way_to_briefing("/nowhere", "", PMO) is None
    assert way_to_briefing("/", "?as_of=soon", PMO) is None
