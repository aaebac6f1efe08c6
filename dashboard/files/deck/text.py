"""Text on slides, in the largest size in which it fits its room."""

import re
from collections.abc import Sequence
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from dashboard.files.deck.house import FONT, SPARE, Box, colour
from dashboard.files.report.widths import size_for

_UNFIT: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return _UNFIT.sub("", text)


def put_text(
    slide: Any,
    box: Box,
    text: str,
    size: float,
    ink: str = "ink",
    *,
    bold: bool = False,
    right: bool = False,
    bottom: bool = False,
    name: str = "",
) -> Any:
    """A text in a box of its own, without margins."""
    shape = slide.shapes.add_textbox(*box.units)
    if name:
        shape.name = name
    write(shape.text_frame, text, size, ink, bold=bold, right=right)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if bottom else MSO_ANCHOR.TOP
    return shape


def write(frame: Any, text: str, size: float, ink: str = "ink", *, bold: bool = False, right: bool = False) -> None:
    """The text in a frame, as it is: nothing grows or shrinks behind our back."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(plain(text).split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = colour(ink)


def put_title(slide: Any, box: Box, text: str, sizes: Sequence[float]) -> None:
    """The slide's title, by which lists of slides and screen readers know it."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = box.units
    write(shape.text_frame, text, size_for(text, (box.width / SPARE, box.height), sizes, bold=True), bold=True)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP


def describe(shape: Any, text: str) -> None:
    """What a screen reader says of a drawing."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain(text))
