"""Large figures and tiles: worked out once, the same in slides that are edited, typeset and shown in a browser."""

from dataclasses import astuple
from io import BytesIO

import pytest
from pptx import Presentation

from dashboard.charts.tile_grid import TileGrid
from dashboard.files.paper.slides import slides_content
from dashboard.files.report.cards import SHOWN, cards_of
from dashboard.files.report.tiles import tile_size
from dashboard.files.report_html import report_html
from dashboard.files.report_pptx import report_pptx
from data_access.database import Database
from tests.dashboard.files.reports import made
from tests.dashboard.files.staged import Node, read


def test_every_hand_shows_the_same_cards(small: Database) -> None:
    report = made(small)
    [cards] = [found for section in report.sections if (found := cards_of(section))]
    assert len(cards) == len(SHOWN)
    assert (cards[0].label, cards[1].counts) == ("Received", f"{cards[1].counts.split(' of ')[0]} of {cards[0].value}")
    boxes = [shape for slide in Presentation(BytesIO(report_pptx(report))).slides for shape in slide.shapes]
    edited = [shape.text_frame.text for shape in boxes if shape.has_text_frame]
    start = edited.index(cards[0].label)
    told = [text for card in cards for text in astuple(card)]
    assert [text for text in edited[start:] if text][: sum(map(bool, told))] == list(filter(None, told))
    typeset = [slide["cards"] for slide in slides_content(report)["slides"] if slide["cards"]]
    assert [tuple(one.values()) for one in typeset[0]] == [astuple(card) for card in cards]
    [shown] = [list(one.all("li")) for one in read(report_html(report)).all("ul", class_="cards")]
    assert [_said(one) for one in shown] == [astuple(card) for card in cards]


def _said(card: Node) -> tuple[str, ...]:
    return tuple(one.text for one in card.all() if one.name in {"span", "strong"})


@pytest.mark.parametrize(("room", "size"), [((60, 90), (10, 10)), ((900, 90), (45, 30)), ((120, 90), (20, 20))])
def test_tiles_have_room_and_are_not_wider_than_they_may_be(room: tuple[int, int], size: tuple[int, int]) -> None:
    assert tile_size(TileGrid(6, 3, (), ()), *room) == size
