"""The house style of slides: sixteen to nine, one font, our colours, nothing of the library's own design.

All measures here and in the modules beside it are points; only the library is told its own units.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from dashboard.charts.tokens import LIGHT

WIDE: Final = 960.0
HIGH: Final = 540.0
MARGIN: Final = 36.0
INSIDE: Final = WIDE - 2 * MARGIN
FONT: Final = "Arial"
"""On every machine that shows slides, or there as a font of the same widths; on some neither is (see SPARE)."""
SPARE: Final = 1.25
"""Text gets so much more room than it takes: where Arial is missing, DejaVu stands in, a quarter wider when bold."""
_TITLE_ONLY: Final = 5  # the layout of the library's template that has a title and nothing else
_ACCENTS: Final = ("accent", "alarm", "plain", "shade-middle", "alarm-middle", "shade-less")


@dataclass(frozen=True)
class Box:
    """A room on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    def below(self, height: float) -> "Box":
        """What remains of it under so much."""
        return Box(self.left, self.top + height, self.width, self.height - height)

    def beside(self, width: float, gap: float) -> tuple["Box", "Box"]:
        """Its left part, so wide, and what remains behind a gap."""
        rest = Box(self.left + width + gap, self.top, self.width - width - gap, self.height)
        return Box(self.left, self.top, width, self.height), rest

    @property
    def units(self) -> tuple[Pt, Pt, Pt, Pt]:
        """As the library takes it."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def colour(token: str) -> RGBColor:
    """A colour of ours by its token: slides are light."""
    red, green, blue = bytes.fromhex(LIGHT[token].removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]  # the library types some of its functions


def empty_deck() -> Deck:
    """Slides of our size, font and colours, and none in it yet."""
    deck = Presentation()
    old = deck.slide_width or Pt(720)
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.shapes:  # so that slides which somebody adds later are whole, too
            shape.left, shape.width = int(shape.left * Pt(WIDE) / old), int(shape.width * Pt(WIDE) / old)
    _paint(deck)
    return deck


def add_slide(deck: Deck) -> Any:
    """A slide with room for a title."""
    return deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])


def _paint(deck: Deck) -> None:
    """Our font and colours in place of the theme's: charts and what is added later take them there."""
    theme: Part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    text = re.sub(r'(<a:latin typeface=)"Calibri"', rf'\1"{FONT}"', text)
    for number, token in enumerate(_ACCENTS, 1):
        hexed = LIGHT[token].removeprefix("#").upper()
        text = re.sub(rf'(<a:accent{number}><a:srgbClr val=)"[0-9A-F]{{6}}"', rf'\1"{hexed}"', text)
    theme._blob = text.encode()


def add_rectangle(slide: Any, box: Box) -> Any:
    """A plain rectangle: no line, no shadow, nothing of the theme's effects."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.units)
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)
    shape.line.fill.background()
    return shape
