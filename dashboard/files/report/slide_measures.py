"""Measures that the slides of a deck and typeset ones share: both are 960 points wide and 540 high."""

from typing import Final

MOST_ROWS: Final = 24
"""Rows of a panel that slides hold; a workbook holds them all."""
TITLES: Final = (26, 24, 22, 20, 18, 16, 14)
"""Sizes of titles, the largest first."""
TITLE_HIGH: Final = 66.0
"""What a title may be high: two lines of the largest size."""
SIZES: Final = (13, 12, 11, 10, 9)
"""Sizes of tables that have a slide of their own."""
