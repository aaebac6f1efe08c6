"""The frame, and its picture before the scripts have come."""

import re

import pytest
from dash import dcc, html

from data_access.origin import OURS, Origin
from layouts.header import stamp
from layouts.markup import markup
from layouts.pages import drawn, missing, page_at
from layouts.picture import picture
from layouts.scorecard import SHOWN
from layouts.shell import Way, navigation, shell, source
from tests.layouts.reading import every, props, text


def test_an_unknown_page_says_so_and_leads_back() -> None:
    page = drawn("/nowhere")
    assert "There is no page at /nowhere." in text(page)
    assert every(page, dcc.Link)[0].href == "/"
    assert text(missing("/x", "en")).startswith("Page not found")


def test_the_way_back_to_a_list_is_right_from_the_start() -> None:
    page = drawn("/complaints/7", "?government=sindh&status=overdue")
    [back] = [link for link in every(page, dcc.Link) if text(link) == "Back to the list"]
    assert back.href == "/complaints?government=sindh&status=overdue"
    assert not [link for link in every(drawn("/complaints"), dcc.Link) if text(link) == "Back to the list"]


def test_navigation_carries_the_search_and_marks_where_one_is() -> None:
    found = [Way("/", "Scorecard", "/?government=sindh"), Way("/map", "Map", "/map?government=sindh")]
    bar = navigation(found, "/map", "en")
    assert [link.href for link in every(bar, dcc.Link)] == ["/?government=sindh", "/map?government=sindh"]
    assert [props(item).get("aria-current") for item in every(bar, html.Li)] == [None, "page"]
    within = navigation(found, "/map/7", "en")
    assert [props(item).get("aria-current") for item in every(within, html.Li)] == [None, "page"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "/"),
        ("/complaints", "/complaints"),
        ("/complaints/12", "/complaints/"),
        ("/complaints/", None),
        ("/complaints/0", None),
        ("/complaints/x", None),
        ("/complaints/12/3", None),
        ("/complaints/٣", None),
        ("/complaints/99999999999999999999", None),
        ("/nowhere", None),
    ],
)
def test_a_complaint_has_its_page_under_its_number(path: str, page: str | None) -> None:
    found = page_at(path)
    assert (found.path if found else None) == page


def test_the_shell_has_landmarks_and_a_way_past_them() -> None:
    frame = shell()
    for kind in (html.Header, html.Main, html.Footer):
        assert len(every(frame, kind)) == 1
    assert [props(one)["aria-label"] for one in every(frame, html.Nav)] == ["Pages", "Where you are"]
    main = every(frame, html.Main)[0]
    assert any(link.href == f"#{main.id}" for link in every(frame, html.A))


def test_it_says_whose_complaints_they_are() -> None:
    ours, theirs = picture("/", "", OURS), picture("/", "", Origin("New York City", "NYC 311"))
    assert "Pakistan Citizen Portal" in ours
    assert "Pakistan" not in theirs
    assert "NYC 311" in theirs
    assert text(source("NYC 311", 3, "", "en")[0]).startswith("Source: NYC 311, data version 3.")


def test_the_way_out_is_a_form_that_posts() -> None:
    form = every(shell(), html.Form)[0]
    assert (form.action, form.method) == ("/sign-out", "post")
    assert every(form, html.Button)[0].type == "submit"


def test_the_stamp_names_the_day_and_what_is_no_real_data() -> None:
    assert text(stamp("1 Oct 2019", "Sample", "en")) == "as of 1 Oct 2019Sample"
    assert text(stamp("1 Oct 2019", "", "en")) == "as of 1 Oct 2019"


def test_the_picture_of_a_page_has_its_words_and_none_of_its_ids() -> None:
    picture = markup(shell(drawn("/")))
    assert "Which governments redress complaints?" in picture
    assert picture.count("jd-waiting") == len(SHOWN)
    assert not re.search(r"\sid=", picture)
    assert 'data-state="waiting"' in picture


def test_markup_is_escaped() -> None:
    assert markup(html.P(["a < b ", html.B("& c")], title='"')) == '<p title="&quot;">a &lt; b <b>&amp; c</b></p>'
    assert markup(dcc.Store(id="x")) == '<div class="jd-control"></div>'
