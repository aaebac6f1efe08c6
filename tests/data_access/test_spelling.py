"""Names as they are compared."""

import pytest

from data_access.spelling import folded, spellings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Karachi South", "karachi south"),
        ("  Gupis–Yasin ", "gupis yasin"),
        ("XEN Operation, Muzaffargarh 2", "xen operation muzaffargarh 2"),
        ("D. I. Khan", "d i khan"),
        ("Azad Jammu & Kashmir", "azad jammu kashmir"),
        ("Élan", "elan"),
        ("کراچی جنوبی", "کراچی جنوبی"),
        ("كراچي جنوبي", "کراچی جنوبی"),  # typed on an Arabic keyboard
        ("آزاد", "ازاد"),
        ("موسیٰ خیل", "موسی خیل"),
        ("منڈی بہاؤالدین", "منڈی بہاوالدین"),
        ("اسلام\u200cآباد", "اسلام اباد"),
        ("۲۰", "۲۰"),
        ("", ""),
        ("— ·", ""),
    ],
)
def test_what_does_not_count_is_left_out(text: str, found: str) -> None:
    assert folded(text) == found
    assert folded(found) == found


def test_a_name_is_found_however_it_is_typed() -> None:
    found = spellings(["Mirpur Khas", "میرپور خاص", "Gupis–Yasin"])
    for typed in ("Mirpur Khas", "mirpurkhas", "میرپورخاص", "ميرپور", "gupis yasin", "Gupis–Yasin"):
        assert typed in found


def test_no_spelling_stands_twice() -> None:
    assert spellings(["lahore", "lahore"]) == "lahore"
