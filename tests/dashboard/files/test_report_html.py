"""A report to present: one file that holds all it needs, in which nothing that was typed is markup."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from dashboard.files.briefing.content import read_content
from dashboard.files.briefing.making import Wish, freeze
from dashboard.files.briefing.report import briefing_report
from dashboard.files.report.description import Report
from dashboard.files.report_html import report_html
from dashboard.files.stage.enclosed import policy
from dashboard.files.stage.sheet import LEAST
from dashboard.panels.answers import Answers
from dashboard.panels.cells import cell
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.filters import Filters, parse_query
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from tests.dashboard.files.reports import made, of_all
from tests.dashboard.files.staged import Node, columns, deeper, read, slides

TYPED = 'Cabinet </script><b onclick="x"> {{ report }} پانی'
WISHES = (Wish("scorecard", f"Look at Sindh.\n{TYPED}"), Wish("totals"), Wish("provinces"), Wish("trend"))


@pytest.fixture(scope="module")
def everything(small: Database) -> Node:
    return read(report_html(of_all(small)))


def account(name: str) -> Scope:
    return Scope(name, name, abilities=ROLES[name].abilities)


def briefed(database: Database, *, cleared: bool = False) -> Report:
    pmo = account("pmo")
    frozen = freeze(TYPED, WISHES, Answers(), reader(database, pmo), parse_query("as_of=2019-09-30"))
    number = Briefings(database, pmo).freeze(frozen)
    if cleared:
        Briefings(database, account("presenter")).clear(number)
    kept, text = Briefings(database, pmo).open(number)
    return briefing_report(kept, read_content(kept, text))


def test_nothing_is_asked_of_anybody(everything: Node) -> None:
    addresses = [
        (node.name, value)
        for node in everything.all()
        for name, value in node.attributes.items()
        if name in {"src", "href", "srcset", "action", "data", "xlink:href", "poster", "background"}
    ]
    assert {name for name, _ in addresses} == {"link"}
    assert all(value.startswith("data:") for _, value in addresses)
    styles = "".join(style.text for style in everything.all("style"))
    assert all(found.startswith("data:") for found in re.findall(r"url\(([^)]*)", styles))
    assert "@import" not in styles
    script = everything.one("script").text
    assert not re.search(r"https?:|//[a-z]|fetch\(|XMLHttp|import\(|WebSocket|sendBeacon", script)


def test_only_its_own_script_and_styles_run(everything: Node) -> None:
    [meta] = everything.all("meta", http_equiv="Content-Security-Policy")
    assert meta.attributes["content"] == policy()
    assert policy().startswith("default-src 'none'; ")
    assert "unsafe" not in policy()
    for block in [*everything.all("script"), *everything.all("style")]:
        assert f"'sha256-{b64encode(sha256(block.text.encode()).digest()).decode()}'" in policy()
    assert len(list(everything.all("script"))) == 1
    for node in everything.all():
        assert not [name for name in node.attributes if name == "style" or name.startswith("on")], node.attributes


def test_what_was_typed_is_text(small: Database) -> None:
    page = read(report_html(briefed(small)))
    assert list(page.all("b", onclick="x")) == []
    assert slides(page)[0].one("h2").text == TYPED
    assert page.one("title").text == f"{TYPED} · Jawabdeh"
    said = slides(page)[1].one("aside", class_="said")
    assert said.text == f"Look at Sindh.\n{TYPED}"
    assert "hidden" in said.attributes
    assert [one.attributes.get("dir") for one in (said, slides(page)[0].one("h2"))] == ["auto", "auto"]
    assert len(list(page.all("aside", class_="said"))) == 1


def test_the_letters_of_urdu_are_there_where_they_are_needed(small: Database) -> None:
    plain = report_html(made(small, "weekly-performance", query="as_of=2019-09-30"))
    assert b"'Urdu'; size-adjust" not in plain
    assert b"'Urdu'; size-adjust" in report_html(briefed(small))


def test_every_slide_says_what_its_figures_stand_on(small: Database) -> None:
    report = briefed(small)
    page = read(report_html(report))
    every = list(page.all("section", class_="slide"))
    assert len(every) > 20
    for slide in every:
        foot = slide.one("footer").text
        assert report.fingerprint in foot
        assert "As of: 30 Sep 2019" in foot
        assert "Data version: 1" in foot
        assert slide.one("p", class_="stamp").text == "Draft"
        assert slide.one("h2").text
    told = slides(page)[-1].text
    assert report.fingerprint in told


def test_a_cleared_one_says_by_whom_and_has_no_stamp(own: Database) -> None:
    page = read(report_html(briefed(own, cleared=True)))
    assert list(page.all("p", class_="stamp")) == []
    opening = {row.one("th").text: row.one("td").text for row in slides(page)[0].all("tr")}
    assert opening["Made"].startswith("by pmo, ")
    assert opening["Cleared"].startswith("by presenter, ")
    assert slides(page)[0].one("p", class_="day").text == "As of 30 Sep 2019"


def test_rows_and_tiles_lead_to_what_is_kept_of_them(small: Database) -> None:
    report = briefed(small)
    page = read(report_html(report))
    for number, section in ((2, report.sections[0]), (4, report.sections[2])):
        marks = [
            *slides(page)[number - 1].all("button", class_="way"),
            *slides(page)[number - 1].all("g", class_="way"),
        ]
        assert len(marks) >= len(section.deeper) > 5
        for mark in marks:
            way = int(mark.attributes["data-way"])
            [first, *_] = deeper(page, number, way)
            name = section.deeper[way - 1].name
            assert mark.text.strip().startswith(name)
            assert first.attributes["data-name"] == name
            assert first.text.count(name)
            assert not list(first.all(data_way=str(way)))  # deeper than one level nothing is kept


def test_an_answer_one_level_deeper_shows_its_own_figures(small: Database) -> None:
    report = briefed(small)
    page = read(report_html(report))
    seen = 0
    for way, one in enumerate(report.sections[2].deeper, 1):
        told, column = "".join(slide.text for slide in deeper(page, 4, way)), one.answer.panel.column("received")
        for row in one.answer.rows:
            assert row["name"] in told
            assert cell(row["received"], column, "en") in told
            seen += row["received"] > 0
    assert seen > 2


def test_rows_of_which_nothing_is_kept_are_named(small: Database) -> None:
    report = briefed(small)
    first = replace(report.sections[0], deeper=report.sections[0].deeper[:1], not_kept=("Sindh", "Punjab"))
    page = read(report_html(replace(report, sections=(first,))))
    assert slides(page)[1].one("p", class_="not-kept").text == "Sindh; Punjab"
    assert [one.attributes["data-way"] for one in slides(page)[1].all("button", class_="way")] == ["1"]


def test_all_text_of_tables_is_large_enough(everything: Node) -> None:
    sizes = {int(table.attributes["class"].split()[0].removeprefix("z")) for table in everything.all("table")}
    assert min(sizes) >= LEAST * 10
    titles = {int(slide.one("h2").attributes["class"].removeprefix("z")) for slide in slides(everything)}
    assert min(titles) >= 40


def test_lines_are_shapes_and_their_newest_figures_are_text(everything: Node) -> None:
    slide = next(one for one in slides(everything) if "Is the backlog growing?" in one.text)
    for figure in slide.all("figure"):
        assert list(figure.one("svg").all("path", class_="line"))
        assert [one.text for one in figure.one("p", class_="legend").all("b")]
        assert figure.one("svg").attributes["aria-label"]


def test_a_table_says_how_many_rows_it_leaves_out_and_holds_them_deeper(everything: Node) -> None:
    cut = [
        one
        for one in slides(everything)
        if "rows; the others are one level deeper." in one.one("p", class_="notes").text
    ]
    assert cut
    for slide in cut:
        shown = len(list(slide.one("tbody").all("tr")))
        whole = int(re.findall(r"The first (\d+) of (\d+) rows;", slide.one("p", class_="notes").text)[0][1])
        held = columns(deeper(everything, int(slide.attributes["data-n"]), 0))
        assert shown < whole == len(next(iter(held.values())))


def test_how_figures_are_computed_is_there(small: Database) -> None:
    report = made(small, query="as_of=2019-09-30")
    page = read(report_html(report))
    told = "".join(one.text for one in deeper(page, len(slides(page)), 0))
    assert report.definitions
    for label, text in report.definitions:
        assert label in told
        assert " ".join(text.split()) in " ".join(told.split())
    totals = next(one for one in slides(page) if "How many complaints are redressed?" in one.text)
    assert "Resolution rate" in [one.text for one in totals.one("dl", class_="how").all("dt")]


def test_what_may_not_be_seen_is_named(small: Database) -> None:
    page = read(report_html(made(small, role="viewer")))
    assert "Your account may not see actions." in slides(page)[-1].text


def test_an_empty_database_makes_an_empty_talk(bare: Database) -> None:
    page = read(report_html(made(bare)))
    assert len(slides(page)) == 2 + 14
    assert "There are no figures to show." in page.text


def test_the_same_report_is_the_same_file(small: Database) -> None:
    report = replace(of_all(small), filters=Filters())
    assert report_html(report) == report_html(report)
