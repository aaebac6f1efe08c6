"""What the walk asks: every parameter with values inside and outside what an account may see, alone and together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from dashboard.panels.panel import Panel
from data_access.filters import parse
from data_access.questions.listing import Over, cursor_of
from data_access.reader import Reader
from data_access.roles import ROLES
from data_access.scope import Scope
from tests.app.oracle import PARAMETERS
from tests.app.walled import DISTRICTS, LOTS, OFFICES, received

Ask = Mapping[str, str]

VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "as_of": ("2019-08-15",),
    "from": ("2019-07-01",),
    "to": ("2019-08-31",),
    "compare": ("2019-08-01",),
    "lang": ("en",),
    "government": ("sindh", "punjab", "federal", "balochistan"),
    "division": ("karachi", "hyderabad", "lahore"),
    "district": ("karachi-south", "karachi-east", "hyderabad", "lahore", "peshawar"),
    "department": ("sindh-works", "sindh-health", "punjab-works", "federal-power"),
    "office": ("sindh-works-desk", "sindh-works-bureau", "punjab-works-desk", "federal-power-desk"),
    "officer": ("1", "99"),
    "category": ("roads", "potholes", "power"),
    "channel": ("app",),
    "residency": ("overseas",),
    "gender": ("female",),
    "view": ("held", "placed"),
    "metric": ("pending",),
    "by": ("districts", "categories", "day", "2019-10-10"),
    "status": ("pending", "filed", "late"),
    "age": ("over-90",),
    "outcome": ("relief",),
    "state": ("proposed",),
    "columns": ("pending",),
    "sort": ("-office", "id"),
    "search": ("7",),
    "limit": ("7",),
    "cursor": (cursor_of(Over(20)),),
    "id": ("70000", "110001", "40002", "20003", "100004"),
}
SORTS: Final[Mapping[str, tuple[str, ...]]] = {"signals": ("-score", "name"), "signal-complaints": ("-last_on", "id")}
"""How some panels can be sorted that have other columns."""
TOGETHER: Final[tuple[Ask, ...]] = (
    {},
    {"from": "2019-07-01", "to": "2019-08-31"},
    {"as_of": "2019-08-15", "compare": "2019-08-01", "lang": "en"},
    {"government": "sindh", "district": "karachi-south"},
    {"government": "sindh", "district": "lahore"},
    {"government": "punjab", "district": "karachi-south"},
    {"government": "federal", "district": "karachi-south"},
    {"government": "sindh", "department": "sindh-works"},
    {"government": "punjab", "department": "sindh-works"},
    {"government": "sindh", "department": "punjab-works"},
    {"government": "sindh", "division": "karachi", "district": "karachi-south"},
    {"division": "karachi", "district": "karachi-south"},
    {"division": "karachi", "district": "hyderabad"},
    {"division": "lahore", "district": "karachi-south"},
    {"department": "sindh-works", "district": "karachi-south"},
    {"department": "punjab-works", "category": "potholes"},
    {"district": "lahore", "category": "potholes", "channel": "app"},
    {"government": "sindh", "category": "roads", "from": "2019-07-01", "to": "2019-08-31"},
    {"government": "punjab", "as_of": "2019-08-15", "channel": "app"},
    {"government": "sindh", "department": "sindh-works", "office": "sindh-works-desk"},
    {"government": "sindh", "view": "placed"},
    {"government": "sindh", "by": "departments"},
    {"government": "punjab", "view": "placed"},
    {"government": "federal", "view": "placed"},
    {"government": "sindh", "district": "karachi-south", "view": "placed"},
    {"government": "sindh", "district": "lahore", "view": "placed"},
    {"district": "lahore", "view": "placed"},
    {"government": "sindh", "department": "federal-power", "view": "placed"},
    {"as_of": "2019-08-15", "metric": "pending", "lang": "en"},
    {"government": "punjab", "by": "departments"},
)
OF_SIGNALS: Final[tuple[Ask, ...]] = (
    {"by": "relief-denied"},
    {"office": "sindh-works-desk", "by": "sent-in-circles"},
    {"office": "punjab-works-desk", "by": "sent-in-circles"},
    {"government": "sindh", "office": "sindh-health-desk", "by": "bulk-closing-day"},
    {"district": "hyderabad", "office": "sindh-health-desk", "by": "praise-burst", "limit": "7"},
    {"office": "federal-power-desk", "by": "relief-denied", "search": "1", "as_of": "2019-08-15"},
)
"""What panels of signals are asked besides."""
OF_ACTIONS: Final[tuple[Ask, ...]] = (
    {"government": "sindh", "state": "proposed"},
    {"government": "federal", "state": "proposed"},
    {"department": "sindh-works", "state": "proposed", "as_of": "2019-08-15"},
    {"office": "federal-power-desk", "state": "proposed"},
    {"office": "punjab-works-desk", "state": "proposed", "limit": "7"},
    {"from": "2019-07-01", "to": "2019-08-31", "state": "proposed"},
)
"""What the register is asked besides."""
NOBODYS: Final[tuple[Ask, ...]] = tuple(
    {name: "nowhere"} for name in ("government", "division", "district", "department", "office", "category")
)
"""What does not exist: a mistake, and no secret."""


def asks_of(panel: Panel) -> Iterator[Ask]:
    """All that is asked of a panel: what it takes, one by one and together."""
    values = {**VALUES, "sort": SORTS.get(panel.name, VALUES["sort"])}
    asks = [
        *({name: value} for name in panel.parameters for value in values[name]),
        *TOGETHER,
        *OF_SIGNALS,
        *OF_ACTIONS,
    ]
    yield from (ask for ask in asks if not panel.missed(parse(ask.items())))


def address(path: str, ask: Ask) -> str:
    """The address that asks."""
    return f"{path}?{urlencode(ask)}" if ask else path


def knowing(free: Reader, ask: Ask) -> Reader:
    """The reader that sees all; of what waits for approval, one that sees all of the government that is asked for."""
    if "state" not in ask:
        return free
    department = ask.get("department") or OFFICES.get(ask.get("office", ""), ("",))[0]
    government = ask.get("government") or dict(OFFICES.values()).get(department, "federal")
    own = Scope("free", "chief_secretary", {"government": government}, ROLES["chief_secretary"].abilities)
    return replace(free, scope=own)


def some(pairs: Sequence[tuple[Panel, Ask]], turn: int, share: int) -> list[tuple[Panel, Ask]]:
    """Every `share`-th of them, others at another turn."""
    return [pair for place, pair in enumerate(pairs) if (place + turn) % share == 0]


def unclassified(panels: Mapping[str, Panel]) -> list[str]:
    """Parameters that panels take and the walk knows nothing of."""
    taken = {name for panel in panels.values() for name in panel.parameters}
    return sorted(taken - (PARAMETERS.keys() & VALUES.keys()))


# What must not be found


def slugs_apart(pinned: Mapping[str, str]) -> frozenset[str]:
    """Slugs of what lies outside these pins."""
    own = {office for office, above in OFFICES.items() if _holds(pinned, office, above)}
    inside = {*own, *(one for office in own for one in OFFICES[office])}
    apart = {one for office, above in OFFICES.items() for one in (office, *above)} - inside
    governments = {OFFICES[office][1] for office in own}
    held = bool(pinned.keys() & {"government", "department", "office"}) and "federal" not in governments
    for district, (division, government) in DISTRICTS.items():
        elsewhere = held and government not in governments
        outside = pinned.get("district", district) != district or pinned.get("division", division) != division
        apart |= {district} if (elsewhere or outside) and district != government else set()  # Islamabad is both
    return frozenset(apart)


def _holds(pinned: Mapping[str, str], office: str, above: tuple[str, str]) -> bool:
    own = {"office": office, "department": above[0], "government": above[1]}
    return all(pinned.get(name, value) == value for name, value in own.items())


def words_in(text: str) -> frozenset[str]:
    """The slugs in a text, and its names as slugs would have them: up to three words together."""
    words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower())
    plain = re.findall(r"[a-z0-9]+", text.lower())
    runs = ("-".join(plain[at : at + length]) for length in (1, 2, 3, 4) for at in range(len(plain)))
    return frozenset(words) | frozenset(runs)


def counts_in(text: str) -> frozenset[int]:
    """The whole numbers in a text, from 100 on, as people and as programs write them; not those inside words."""
    found = re.findall(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(?:\.0)?(?!\.?\w)", text)
    numbers = (int(one.replace(",", "")) for one in found if len(one) < 10)
    return frozenset(number for number in numbers if number >= 100)


EVERYTHING: Final = slugs_apart({"office": "of nobody"})
_OF_GOVERNMENTS: Final = {received({"government": government}) for _, government in OFFICES.values()}
COUNTS: Final = frozenset({lot.count for lot in LOTS} | _OF_GOVERNMENTS)


def tells(reply: TestResponse, known: str) -> list[str]:
    """What a refusal tells of the world that was not known to whoever asked."""
    headers = [(name, value) for name, value in reply.headers if name not in {"Content-Length", "Retry-After"}]
    text = f"{reply.text} {headers}"
    return [*sorted(EVERYTHING & words_in(text) - words_in(known)), *(str(one) for one in COUNTS & counts_in(text))]
