"""Who asks, and for what: a person whose browser opens a page, or a program. Told from the request alone."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from flask import Request, request

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
EVENTS_API: Final = "/api/v1/events"
"""Where programs send events in."""
IMPORTS_PAGE: Final = "/admin/imports"
"""Where files are sent to be imported."""
BACKUPS_PAGE: Final = "/admin/backups"
BACKUPS_API: Final = "/api/v1/backups"
"""Where backups are made."""
METRICS: Final = "/metrics"
"""What is counted, for whoever watches the server."""
_OF_PROGRAMS: Final = frozenset({"/api", "/live", "/healthz", "/readyz", METRICS})
_OF_THE_DOOR: Final = frozenset({"/sign-in", "/sign-out"})

LONGEST_KEPT: Final = 600
"""Characters of an address that is kept in a session while somebody signs in: a cookie holds only so much."""

_STANDS_IN_QUERIES: Final = "%&=+/?:@!$'()*,;~-._"


def is_for_programs(path: str) -> bool:
    """Whether scripts and other programs ask at this path, rather than people."""
    return path in _OF_PROGRAMS or path.startswith(("/api/", "/live/", "/_dash"))


def is_of_the_api(path: str) -> bool:
    """Whether programs take figures along from this path."""
    return path == "/api" or path.startswith("/api/")


def opens_a_page() -> bool:
    """Whether a browser is about to show the reply as a page."""
    if is_for_programs(request.path):
        return False
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode is not None:
        return mode == "navigate"
    # Browsers that do not send the mode: those on plain http to another machine among them.
    accepts = request.headers.get("Accept", "")
    return request.method in {"GET", "HEAD"} and (not accepts or "text/html" in accepts or "*/*" in accepts)


def is_fetched() -> bool:
    """Whether a script of a page asks: it reads a refusal itself, and a password box would only get in its way."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def is_ahead(asked: Request) -> bool:
    """Whether a page fetches what somebody may look at next: nobody waits for it."""
    return asked.path == "/_dash-update-component" and asked.headers.get("X-Ahead") == "1"


def comes_from_elsewhere() -> bool:
    """Whether a page of another site makes this browser change something here."""
    if request.method in READING:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        # No page can forge it, and it holds behind a proxy that gives the server another name.
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != request.host.lower()
    except ValueError:
        return True


def address_asked() -> str:
    """Path and query of this request, escaped."""
    query = quote(request.query_string, safe=_STANDS_IN_QUERIES)
    path = quote(request.path)
    return f"{path}?{query}" if query else path


def own_address(text: str) -> str | None:
    """The text, when it is an address of ours that one may be led on to; None for all others."""
    if not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    if any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text):  # browsers drop some, and see "//"
        return None
    try:
        path = unquote(urlsplit(text).path)
    except ValueError:
        return None
    return None if path.rstrip("/") in _OF_THE_DOOR or path.startswith("/sign-in/") else text


def kept_address(onwards: str) -> str:
    """The address to lead on to as a session keeps it: one that is too long becomes the first page."""
    return onwards if len(onwards) <= LONGEST_KEPT else "/"


def network_of(address: str) -> str:
    """What one person has: an address, or of the long ones the network that they can make addresses in as they like."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
