"""Single sign-on in a browser: our cookie comes back from another site, and our content policy lets people go there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from app import assemble
from data_access.accounts.claims import rules_from
from data_access.accounts.provider import Provider
from data_access.database import Database
from tests.app.browsing import LAPTOP, PHONE, NewContext, Theme, Visit, drawn
from tests.app.provider import CLIENT, PASSWORD, SECRET, RealProvider, running
from tests.app.serving import SETTINGS, serving

pytestmark = pytest.mark.xdist_group("browser")

SINDH = {"claim": "groups", "value": "cs-sindh", "role": "chief_secretary", "pinned": {"government": "sindh"}}


@pytest.fixture(scope="module")
def provider() -> Iterator[RealProvider]:
    with running() as found:
        found.person("ayesha", "cs-sindh")
        yield found


@pytest.fixture(scope="module")
def address(small: Database, provider: RealProvider) -> Iterator[str]:
    """Where we are: on another site than the provider, which is at an address of numbers."""
    scopes = ("openid", "profile", "email", "groups")
    named = Provider(provider.issuer, CLIENT, SECRET, rules_from([SINDH]), "Ministry of IT", scopes)
    with serving(assemble(replace(SETTINGS, provider=named), small).server) as url:
        here = url.replace("127.0.0.1", "localhost")
        provider.register(here)
        yield here


def test_somebody_signs_in_over_there_and_comes_back(
    new_context: NewContext, address: str, provider: RealProvider
) -> None:
    page = new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}).new_page()
    seen = Visit(page, address)
    seen.open("/?as_of=2019-09-10")
    page.get_by_role("link", name="Sign in with Ministry of IT").click()
    page.get_by_label("Login").fill("ayesha")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(f"{address}/?as_of=2019-09-10")
    drawn(page)
    expect(page.get_by_title("Account").first).to_contain_text("ayesha")
    hosts = {"/".join(url.split("/")[:3]) for url in seen.requests if url.startswith("http")}
    assert hosts == {address, provider.address}
    assert [trouble for trouble in seen.trouble if "Content Security" in trouble or address in trouble] == []


def test_the_way_there_fits_at_every_size_and_theme(new_context: NewContext, address: str) -> None:
    page = new_context().new_page()
    seen = Visit(page, address)
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        for width, height in (LAPTOP, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            seen.open("/sign-in")
            box = page.get_by_role("link", name="Sign in with Ministry of IT").bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.check()
