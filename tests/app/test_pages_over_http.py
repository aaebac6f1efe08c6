"""The document: its language, its status, and that it names nobody else's server."""

import re
from pathlib import Path

import pytest

from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from layouts.pages import PAGES
from tests.app.serving import Caller, server_over

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


def test_the_document(pmo: Caller) -> None:
    reply = pmo.get("/")
    assert reply.status_code == 200
    assert '<html lang="en">' in reply.text
    assert "<title>Jawabdeh · Pakistan Citizen Portal</title>" in reply.text
    assert reply.text.index("bootstrap.min.css") < reply.text.index("style.css")
    assert reply.text.count("bootstrap.min.css") == 1


def test_it_names_no_other_server(pmo: Caller) -> None:
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", pmo.get("/").text)


def test_everything_it_names_is_there(pmo: Caller) -> None:
    for path in re.findall(r"""(?:src|href)=["'](/[^"']+)""", pmo.get("/").text):
        assert pmo.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/nowhere", "/scorecard", "/review/"])
def test_a_path_without_a_page_says_so_in_its_status(pmo: Caller, path: str) -> None:
    assert pmo.get(path).status_code == 404


def test_every_page_shows_panels_that_there_are() -> None:
    for page in PAGES.values():
        assert set(page.panels) <= set(PANELS)
        assert page.lead is None or page.lead in page.panels


def test_no_style_fetches_anything_from_outside() -> None:
    for path in ASSETS.rglob("*.css"):
        assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//|@import", path.read_text()), path


def test_bootstrap_comes_with_its_licence() -> None:
    assert "MIT" in (ASSETS / "vendor/bootstrap-5.3.9/LICENSE").read_text()
