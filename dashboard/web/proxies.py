"""By which name, from which address and by which scheme the server is asked, and who may say so.

What proxies add to a request anybody can write as well. So it is believed of as many proxies as the settings name, and
of none otherwise.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final

from flask import Flask, request
from werkzeug.exceptions import BadRequest, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from dashboard.web.asking import METRICS
from dashboard.words.text import marked

UNKNOWN_NAME: Final = marked(
    "This server does not go by the name that it was asked by; whoever runs it lists its names in ALLOWED_HOSTS."
)
_OF_MACHINES: Final = frozenset({"/healthz", "/readyz", METRICS})
"""Asked by machines beside the server, by whatever name they have for it; the answers say nothing, or want a key."""


def trust_proxies(server: Flask, proxies: int) -> None:
    """Believe the last so many proxies (X-Forwarded-For, -Proto and -Host), each of which must set all three."""
    if proxies:
        fixed = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        server.wsgi_app = fixed  # type: ignore[method-assign]  # the documented way


def check_host(server: Flask, names: Sequence[str] | None) -> None:
    """Refuse whoever asks by another name than these, or an address; None: by any name.

    A page elsewhere whose name its owner points here would otherwise be a page of ours to the browser. A name that
    begins with a dot stands for all that end so.
    """

    @server.before_request
    def _check() -> None:
        if request.path in _OF_MACHINES:
            return
        try:
            host = request.host
        except SecurityError:
            raise BadRequest(UNKNOWN_NAME) from None
        if names is not None and not is_address(host) and not host_is_trusted(host.lower(), names):
            raise BadRequest(UNKNOWN_NAME)


def is_address(host: str) -> bool:
    """Whether the host, with a port or without, is an address rather than a name: nobody can point that elsewhere."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
