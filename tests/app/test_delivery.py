"""What the browser is given: from here alone, compressed, and kept as long as it may be and no longer."""

import gzip
import re
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # has no types of its own
import pytest
from playwright.sync_api import Browser, expect
from plotly.offline import get_plotlyjs_version  # type: ignore[import-untyped]  # plotly has no types of its own
from werkzeug.test import TestResponse

from dashboard.charts.tokens import URDU_FILE
from data_access.database import Database
from tests.app.browsing import NewContext, signed_in
from tests.app.serving import Caller, server_over, token_in

SUITES = "/_dash-component-suites/"
PLOTLY = f"{SUITES}plotly/package_data/plotly.min.js"
FOR_GOOD = "max-age=31536000, immutable"
FINGERPRINTED = re.compile(r"\.v[\w-]+m[0-9a-f]+\.")
LARGE = "/api/v1/panels"

DECODED: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.fixture(scope="module")
def named(pmo: Caller) -> list[str]:
    """The address of every script, style and icon of the document."""
    return re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', pmo.get("/").text)


@pytest.fixture(scope="module")
def style(named: list[str]) -> str:
    """The address of our own style sheet."""
    return next(url for url in named if url.startswith("/assets/style.css"))


def lifetime(reply: TestResponse) -> str:
    assert reply.status_code in {200, 304}
    return reply.headers["Cache-Control"]


def test_the_document_names_nothing_that_is_elsewhere_or_missing(pmo: Caller, named: list[str]) -> None:
    assert len(named) > 10
    assert [url for url in named if not url.startswith(("/assets/", SUITES))] == []
    assert [url for url in named if pmo.get(url).status_code != 200] == []


def test_the_document_links_in_a_fixed_order_and_nothing_twice(named: list[str]) -> None:
    names = [url.partition("?")[0].rpartition("/")[2] for url in named]
    assert len(names) == len(set(names))
    order = ["theme.js", "bootstrap.min.css", "tokens.css", "style.css"]
    assert [name for name in names if name in order] == order
    assert "sign-in.css" not in names


def test_all_it_names_may_be_kept_for_good(pmo: Caller, named: list[str]) -> None:
    for url in named:
        whose = "public" if url.startswith("/assets/") else "private"
        assert lifetime(pmo.get(url)) == f"{whose}, {FOR_GOOD}", url


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000", "?m=1"])
def test_an_asset_without_its_fingerprint_is_asked_for_again(pmo: Caller, query: str) -> None:
    assert lifetime(pmo.get(f"/assets/style.css{query}")) == "public, no-cache"


def test_a_font_has_its_fingerprint_in_its_name(pmo: Caller, style: str) -> None:
    assert lifetime(pmo.get(f"/assets/{URDU_FILE}")) == f"public, {FOR_GOOD}"
    assert "no-store" in pmo.get(f"/assets/{URDU_FILE.replace('name', 'other')}").headers["Cache-Control"]


def test_the_fingerprint_of_another_file_is_none(pmo: Caller, style: str) -> None:
    mark = style.partition("?")[2]
    assert lifetime(pmo.get(f"/assets/tokens.css?{mark}")) == "public, no-cache"


def test_a_file_of_dash_without_the_fingerprint_of_now_is_asked_for_again(pmo: Caller, named: list[str]) -> None:
    current = next(url for url in named if "dash_renderer" in url)
    earlier = re.sub(r"m[0-9a-f]+\.min", "m1.min", current)
    assert earlier != current
    for url in (earlier, PLOTLY, f"{SUITES}dash/dcc/async-graph.js", f"{SUITES}dash/dcc/async-slider.js"):
        assert lifetime(pmo.get(url)) == "private, no-cache", url
        assert pmo.get(url).headers["ETag"]


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", ["/assets/style.css", PLOTLY])
def test_what_the_browser_has_is_not_sent_again(pmo: Caller, path: str, encoding: str) -> None:
    first = pmo.get(path, Accept_Encoding=encoding)
    again = pmo.get(path, Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]


def test_each_encoding_has_its_own_etag(pmo: Caller, style: str) -> None:
    tags = {pmo.get(style, Accept_Encoding=encoding).headers["ETag"] for encoding in ("br", "gzip", "identity")}
    assert len(tags) == 3


@pytest.mark.parametrize("path", ["/", "/assets/style.css", PLOTLY, "/_dash-layout", LARGE, f"{LARGE}/trend.csv"])
def test_every_encoding_holds_the_same_bytes(pmo: Caller, path: str) -> None:
    plain = pmo.get(path)
    assert "Content-Encoding" not in plain.headers
    for encoding, decoded in DECODED.items():
        reply = pmo.get(path, Accept_Encoding=encoding)
        assert reply.headers["Content-Encoding"] == encoding
        assert reply.headers["Vary"] == "Accept-Encoding"
        assert int(reply.headers["Content-Length"]) == len(reply.data) < len(plain.data)
        if path != "/":  # it holds a number that is new each time
            assert decoded(reply.data) == plain.data


@pytest.mark.parametrize(
    ("accepts", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("zstd", None),
        ("identity", None),
        ("*", "br"),
        ("", None),
    ],
)
@pytest.mark.parametrize("path", ["/assets/style.css", LARGE])
def test_the_client_chooses_the_encoding(pmo: Caller, path: str, accepts: str, given: str | None) -> None:
    assert pmo.get(path, Accept_Encoding=accepts).headers.get("Content-Encoding") == given


@pytest.mark.parametrize("path", ["/assets/icon.svg", "/healthz", "/live"])
def test_what_is_tiny_goes_as_it_is(pmo: Caller, path: str) -> None:
    reply = pmo.get(path, Accept_Encoding="br")
    assert reply.status_code == 200
    assert "Content-Encoding" not in reply.headers


@pytest.mark.parametrize("path", ["/assets/style.css", PLOTLY, LARGE])
def test_head_says_what_get_would(pmo: Caller, path: str) -> None:
    names = ("Content-Length", "Content-Encoding", "ETag", "Cache-Control", "Vary")
    got, head = (pmo.send(method, path, Accept_Encoding="br") for method in ("GET", "HEAD"))
    assert head.data == b""
    assert [head.headers.get(name) for name in names] == [got.headers.get(name) for name in names]


@pytest.mark.parametrize("encoding", ["br", "identity"])
def test_who_asks_for_a_part_gets_the_whole(pmo: Caller, style: str, encoding: str) -> None:
    whole = pmo.get(style, Accept_Encoding=encoding)
    part = pmo.get(style, Accept_Encoding=encoding, Range="bytes=0-9")
    assert (part.status_code, part.data) == (200, whole.data)
    assert "Accept-Ranges" not in part.headers


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/_dash-layout", "/_dash-dependencies", LARGE, f"{LARGE}/none", "/live", "/sign-in"]
)
def test_nothing_of_an_account_is_kept(pmo: Caller, path: str) -> None:
    assert pmo.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [PLOTLY, LARGE, "/"])
def test_a_refusal_is_not_kept_either(pmo: Caller, path: str) -> None:
    reply = Caller(pmo.client, account=None).get(path)
    assert reply.status_code in {302, 401}
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_not_there_is_not_remembered_as_missing(pmo: Caller) -> None:
    reply = pmo.get("/assets/none.css?v=000000000000")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd"])
def test_there_is_no_way_out_of_the_folder(pmo: Caller, path: str) -> None:
    reply = pmo.get(path)
    assert reply.status_code in {308, 404}
    assert b"composition root" not in reply.data


def test_files_do_not_differ_by_cookie(small: Database, named: list[str]) -> None:
    person = Caller(server_over(small).test_client(), account=None)
    assert person.sign_in("pmo").status_code in {302, 303}
    for url in (*named, PLOTLY):
        reply = person.get(url)
        assert (reply.status_code, reply.headers["Vary"]) == (200, "Accept-Encoding"), url


def test_scripts_and_styles_of_a_page_are_small_on_the_wire(pmo: Caller, named: list[str]) -> None:
    sizes = [int(pmo.get(url, Accept_Encoding="br").headers["Content-Length"]) for url in named]
    assert sum(sizes) < 1_000_000


def test_charts_are_drawn_by_the_part_of_plotly_that_they_need(pmo: Caller, named: list[str]) -> None:
    [ours] = [url for url in named if "plotly" in url]
    assert f"plotly.js (geo - minified) v{get_plotlyjs_version()}\n" in pmo.get(ours).text[:100], (
        "the script in assets/vendor is of another version than the one Python writes figures for: see README"
    )


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


def test_a_second_visit_fetches_no_file_again(browser: Browser, address: str) -> None:
    context = browser.new_context()
    token = token_in(context.request.get(f"{address}/sign-in").text())
    context.request.post(f"{address}/sign-in", form={"username": "pmo", "password": "demo", "csrf_token": token})
    page = context.new_page()
    for _ in range(2):
        page.goto(address)
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
        sizes = page.evaluate(
            "() => performance.getEntriesByType('resource').map(e => [new URL(e.name).pathname, e.transferSize])"
        )
    context.close()
    assert PLOTLY not in dict(sizes), "the whole of plotly is three times as large, and is not asked for"
    asked = {path: size for path, size in sizes if path.startswith(("/assets/", SUITES)) and size > 0}
    assert [path for path in asked if FINGERPRINTED.search(path)] == []
    assert [path for path, size in asked.items() if size > 2_000] == [], "larger than the answer that it is the same"


def test_only_lists_bring_the_grid(pmo: Caller) -> None:
    one = pmo.read("/api/v1/panels/complaints?limit=1")["rows"][0]["id"]
    for path, brings in (
        ("/", False),
        ("/map", False),
        ("/complaints", True),
        (f"/complaints/{one}", True),
    ):
        page = pmo.get(path, Accept="text/html").text
        scripts = re.findall(r'src="(/_dash-component-suites/dash_ag_grid[^"]+)"', page)
        assert bool(scripts) is brings, path
        assert all("immutable" in pmo.get(url).headers["Cache-Control"] for url in scripts)


def test_a_number_leads_to_a_list_with_its_grid(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/")
    number = seen.page.locator("a.jd-count").first
    number.click()
    expect(seen.page.locator(".ag-row").first).to_be_visible(timeout=30_000)
    seen.page.go_back()
    expect(seen.page.locator(".jd-league tbody tr").first).to_be_visible(timeout=30_000)
    seen.page.get_by_role("link", name="Complaints", exact=True).click()
    expect(seen.page.locator(".ag-row").first).to_be_visible(timeout=30_000)
    seen.check()
