"""The provider of single sign-on (OpenID Connect), as settings name it."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from data_access.accounts.claims import ClaimsProblem, Rule, rules_from

SCOPES: Final = ("openid", "profile", "email")
LONGEST_NAME: Final = 40  # characters of what stands on the button
_VARIABLES: Final = (
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_CLIENT_SECRET_FILE",
    "OIDC_CLAIMS",
    "OIDC_SCOPES",
    "OIDC_NAME",
)


class ProviderProblem(ValueError):
    """A setting of single sign-on that cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Provider:
    """Who signs people in for us. `name` is what people call it; `rules` say what they may be here."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    rules: tuple[Rule, ...]
    name: str
    scopes: tuple[str, ...] = SCOPES


def provider_from(environ: Mapping[str, str]) -> Provider | None:
    """The provider in these variables; None when none of them is set. Raises ProviderProblem."""
    given = {name: environ.get(name, "").strip() for name in _VARIABLES}
    named = [name for name, value in given.items() if value]
    if not named:
        return None
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLAIMS"):
        if not given[name]:
            raise ProviderProblem(f"{named[0]} is set without {name}; single sign-on needs both.")
    issuer = _issuer(given["OIDC_ISSUER"])
    return Provider(
        issuer,
        given["OIDC_CLIENT_ID"],
        _secret(given["OIDC_CLIENT_SECRET"], given["OIDC_CLIENT_SECRET_FILE"]),
        _rules(given["OIDC_CLAIMS"]),
        _name(given["OIDC_NAME"] or urlsplit(issuer).netloc),
        _scopes(given["OIDC_SCOPES"]),
    )


def is_loopback(host: str) -> bool:
    """Whether what is sent to this host stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False  # a name: may be anything


def is_private(url: str) -> bool:
    """Whether nobody on the way can read or change what is sent to this address: https, or on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018  # raises when it is no number
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def _issuer(text: str) -> str:
    if not is_private(text):
        raise ProviderProblem("OIDC_ISSUER is no address that begins with https://; write it as the provider does.")
    parts = urlsplit(text)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ProviderProblem("OIDC_ISSUER has more than host and path; write it as the provider does: https://….")
    return text


def _secret(given: str, file: str) -> str:
    if given and file:
        raise ProviderProblem("OIDC_CLIENT_SECRET and OIDC_CLIENT_SECRET_FILE are both set; leave one out.")
    if file:
        try:
            given = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ProviderProblem(f"OIDC_CLIENT_SECRET_FILE={file} cannot be read ({_reason(error)}).") from error
    if not given:
        empty = f"OIDC_CLIENT_SECRET_FILE={file} is empty" if file else "OIDC_CLIENT_SECRET is not set"
        raise ProviderProblem(f"{empty}; single sign-on needs what the provider gave for OIDC_CLIENT_ID.")
    return given


def _scopes(text: str) -> tuple[str, ...]:
    scopes = tuple(dict.fromkeys(text.split())) or SCOPES
    if "openid" not in scopes:
        raise ProviderProblem(f"OIDC_SCOPES={text} lacks openid; write OIDC_SCOPES='openid {text}'.")
    return scopes


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise ProviderProblem(f"OIDC_NAME is more than {LONGEST_NAME} letters on one line; give a shorter name.")
    return text


def _rules(text: str) -> tuple[Rule, ...]:
    inline = text.startswith(("[", "{"))
    where = "OIDC_CLAIMS" if inline else f"OIDC_CLAIMS={text}"
    try:
        return rules_from(_content(text, inline=inline))
    except ClaimsProblem as problem:
        raise ProviderProblem(f"{where}: {problem}") from problem
    except (OSError, ValueError, RecursionError) as error:
        form = "JSON" if inline or text.endswith(".json") else "TOML"
        raise ProviderProblem(f"{where} cannot be read as {form} ({_reason(error)}).") from error


def _content(text: str, *, inline: bool) -> Any:
    if inline:
        return json.loads(text)
    content = Path(text).read_text(encoding="utf-8")
    return json.loads(content) if text.endswith(".json") else tomllib.loads(content)


def _reason(error: BaseException) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return " ".join((reason or type(error).__name__).split())
