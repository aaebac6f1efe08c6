"""Imports in a browser: files are sent, watched, cancelled; what was refused is taken along; a batch is rolled back."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.imports.pages import WORKS, ending_imports
from data_access.database import Database
from tests.app.browsing import LAPTOP, NewContext, Theme, Visit, every_look, sign_in, until
from tests.app.serving import serving
from tests.app.test_admin_browser import CONTRAST
from tests.app.test_admin_imports import CATEGORIES, Held, folder, held, left, server

__all__ = ["folder", "held", "server"]
pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture
def address(server) -> Iterator[str]:  # type: ignore[no-untyped-def]  # its name is that of the fixture
    with serving(server) as url, ending_imports(server):
        yield url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kinds.csv"
    path.write_text(CATEGORIES + '=cmd(),Bad\n"روشنی کا مسئلہ",روشنی\n')
    return path


def administrator(new_context: NewContext, address: str, size: tuple[int, int], theme: Theme = "light") -> Visit:
    context = new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    return sign_in(context, address, "admin", f"/sign-in?next={IMPORTS_PAGE}")


def send(seen: Visit, *files: Path, trial: bool = False) -> None:
    """Fill in the form, and press its button."""
    page = seen.page
    page.get_by_label("Files", exact=True).set_input_files(list(files))
    page.get_by_label("The rows are invented").check()
    page.get_by_label("Only try it").set_checked(trial)
    page.get_by_role("button", name="Import", exact=True).click()


def test_a_file_comes_in_and_goes_again(
    new_context: NewContext, address: str, file: Path, held: Held, tmp_path: Path
) -> None:
    seen = administrator(new_context, address, LAPTOP)
    page = seen.page
    send(seen, file)
    work = page.get_by_role("region", name="Import", exact=True)
    expect(work.get_by_role("progressbar")).to_be_visible()
    expect(page.locator('[data-fact="rows"]')).to_have_text("5")  # the page asks by itself
    expect(page.locator('[data-fact="doing"]')).to_contain_text("rebuilding the ledger")
    held.go_on.set()
    expect(work).to_contain_text("2 accepted + 3 rejected + 0 waiting + 0 unchanged = 5 rows read.")
    work.get_by_role("link", name="The batch").click()
    expect(page.locator("h1")).to_have_text("Batch 2")
    page.wait_for_load_state()  # its style is there
    original = page.locator("tbody tr", has_text="روشنی").locator("td").last
    assert original.evaluate("one => getComputedStyle(one).direction") == "ltr"  # the order of its cells
    urdu = original.locator("bdi", has_text="روشنی").first
    assert urdu.evaluate("one => getComputedStyle(one).direction") == "rtl"
    with page.expect_download() as taken:
        page.get_by_role("link", name="All of them as CSV").click()
    assert taken.value.suggested_filename == "jawabdeh-rejects-batch-2.csv"
    taken.value.save_as(tmp_path / "rejects.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "rejects.csv").read_text()))
    assert {row["value"] for row in rows} == {"", "'=cmd()", "روشنی کا مسئلہ"}
    with page.expect_download() as taken:
        page.get_by_role("link", name="All of them as XLSX").click()
    assert taken.value.suggested_filename == "jawabdeh-rejects-batch-2.xlsx"
    page.get_by_role("link", name="Roll back …").click()
    page.get_by_role("button", name="Roll it back").click()
    expect(page.get_by_role("status")).to_contain_text("The batch was rolled back")
    expect(page.locator("tbody")).to_contain_text("rolled back by batch 3")
    seen.check()


def test_it_is_cancelled_in_the_middle(
    new_context: NewContext, server: object, address: str, file: Path, held: Held, folder: Path
) -> None:
    seen = administrator(new_context, address, LAPTOP)
    page = seen.page
    send(seen, file)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status").first).to_contain_text("It was stopped; nothing of it has landed.")
    expect(page.locator("tbody tr")).to_have_count(1)
    until(page, lambda: left(folder) == [])
    until(page, lambda: server.extensions[WORKS].running is None)  # type: ignore[attr-defined]  # a Flask
    seen.check()


def test_what_is_too_large_is_not_sent(new_context: NewContext, address: str, file: Path) -> None:
    seen = administrator(new_context, address, LAPTOP)
    page = seen.page
    page.locator("form[data-most]").evaluate("one => one.dataset.most = 10")
    send(seen, file)
    expect(page.get_by_role("alert")).to_contain_text("larger than can be sent at once")
    seen.check()


@every_look
def test_every_page_fits_and_can_be_read(
    new_context: NewContext,
    own: Database,
    address: str,
    file: Path,
    held: Held,
    size: tuple[int, int],
    theme: Theme,
    tmp_path: Path,
) -> None:
    seen = administrator(new_context, address, size, theme)
    page = seen.page

    def looks(name: str) -> None:
        page.wait_for_load_state()  # its style is there
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        assert page.evaluate(CONTRAST) == [], name
        for field in page.locator("main :is(input, select):not([type=hidden])").all():
            assert field.evaluate("one => one.labels.length") == 1
        page.screenshot(path=tmp_path / f"{name}-{size[0]}-{theme}.png", full_page=True)

    send(seen, file)
    expect(page.get_by_role("progressbar")).to_be_visible()
    looks("running")
    held.go_on.set()
    expect(page.get_by_role("status").first).to_contain_text("2 accepted")
    looks("done")
    for path in ("2", "2/roll-back"):
        seen.open(f"{IMPORTS_PAGE}/{path}")
        expect(page.locator("h1")).to_be_visible()
        looks(path.replace("/", "-"))
    seen.open(IMPORTS_PAGE)
    send(seen, file, trial=True)
    expect(page.get_by_text("This was a trial")).to_be_visible()
    looks("trial")
    seen.check()
