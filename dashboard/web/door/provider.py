"""Asks the provider of single sign-on: OpenID Connect's authorization code flow with PKCE, state and nonce (Authlib).

What a sign-in begins with stands in the session, signed, until the browser brings the provider's answer back. Of the
provider's own description only what is named here is taken, and nothing is asked of an address that it leads on to.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Final

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # has no types of its own
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App  # type: ignore[import-untyped]
from flask import session
from joserfc.errors import JoseError

from dashboard.web.asking import kept_address
from data_access.accounts.claims import claim_in, claims_named
from data_access.accounts.provider import Provider, is_private

log = logging.getLogger("jawabdeh")

PATIENCE: Final = (5.0, 5.0)  # seconds to reach the provider, and to wait for what it says next
BEGUN_SECONDS: Final = 900  # that somebody may take to sign in over there
_KNOWN_SECONDS: Final = 3600  # that the provider's description and keys are kept
_BEGUN_MOST: Final = 2  # sign-ins under way in one browser; a cookie holds only so much
_AT_ONCE: Final = 3  # a provider that hangs shall not hold every thread that serves pages
_LEEWAY: Final = 60  # seconds by which clocks may differ
# With keys of two halves alone: for the others whoever knows what we know could sign, or nobody has to.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_NAMES: Final = frozenset({"preferred_username", "email"})
_BEGUN: Final = "begun_at_provider"  # in the session: state -> what its sign-in began with


class Unreachable(ConnectionError):
    """The provider does not answer, or with an error of its own."""


class NotBegun(LookupError):
    """The answer is to no sign-in that was begun in this browser lately."""


class Cancelled(PermissionError):
    """Whoever was asked at the provider did not go through with it."""


class Unproven(ValueError):
    """What the provider says does not hold. The message is for the log: it holds nothing personal."""


@dataclass(frozen=True)
class Answer:
    """Who the provider says it is, proven, and the address of ours at which the sign-in was begun."""

    claims: Mapping[str, Any]
    onwards: str


class ProviderClient:
    """Sends people to the provider and reads what they bring back. Made once; asks nobody before it is used."""

    def __init__(self, provider: Provider, now: Callable[[], float] = time.time) -> None:
        """`now` is the clock by which a sign-in takes too long."""
        self.provider = provider
        self._now = now
        self._known: tuple[float, FlaskOAuth2App] | None = None
        self._asking = BoundedSemaphore(_AT_ONCE)

    def begin(self, back: str, onwards: str) -> str:
        """The address at the provider to send the browser to; it comes back to `back`. Raises Unreachable, Unproven."""
        with self._asked():
            begun = self._app().create_authorization_url(back)
        kept = {name: begun[name] for name in ("nonce", "code_verifier")}
        kept |= {"back": back, "onwards": kept_address(onwards), "at": self._now()}
        others = sorted(session.get(_BEGUN, {}).items(), key=lambda other: other[1]["at"])
        session[_BEGUN] = dict([*others, (begun["state"], kept)][-_BEGUN_MOST:])
        return str(begun["url"])

    def finish(self, given: Mapping[str, str]) -> Answer:
        """What the answer proves. `given`: what the browser brought back, in its address.

        Raises NotBegun, Cancelled, Unproven or Unreachable. No answer counts twice.
        """
        kept = self._kept(given.get("state", ""))
        if given.get("error") == "access_denied":
            raise Cancelled
        with self._asked():
            if given.get("iss", self.provider.issuer) != self.provider.issuer:
                raise Unproven("the answer names another issuer")
            if "error" in given or not given.get("code"):
                raise Unproven(f"the answer has no code, but says {given.get('error', '')[:40]!r}")
            try:
                claims = self._proven(given["code"], kept)
            except Exception:
                self._known = None  # its keys may have changed
                raise
        return Answer(claims, kept["onwards"])

    def _kept(self, state: str) -> dict[str, Any]:
        """What the sign-in of this state began with, which is thereby forgotten."""
        begun = dict(session.get(_BEGUN, {}))
        kept: dict[str, Any] | None = begun.pop(state, None)
        if kept is None or self._now() - kept["at"] > BEGUN_SECONDS:
            raise NotBegun
        session[_BEGUN] = begun
        return kept

    def _proven(self, code: str, kept: Mapping[str, Any]) -> Mapping[str, Any]:
        app = self._app()
        token = app.fetch_access_token(kept["back"], code=code, code_verifier=kept["code_verifier"])
        issuer = self.provider.issuer
        expected = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": self.provider.client_id},
        }
        claims = app.parse_id_token(token, nonce=kept["nonce"], claims_options=expected, leeway=_LEEWAY)
        if not claims or not claims["sub"]:
            raise Unproven("there is no ID token, or it is nobody's")
        wanted = claims_named(self.provider.rules) | _NAMES
        if "userinfo_endpoint" in app.server_metadata and any(claim_in(claims, name) is None for name in wanted):
            more = app.userinfo(token=token)
            if more.get("sub") != claims["sub"]:
                raise Unproven("what it says of the user is of somebody else")
            return {**more, **claims}
        return dict(claims)

    def _app(self) -> FlaskOAuth2App:
        """Authlib's client, set up by what the provider says of itself."""
        now = time.monotonic()
        if self._known is None or now - self._known[0] > _KNOWN_SECONDS:
            self._known = now, self._made(self._described())
        return self._known[1]

    def _made(self, described: Mapping[str, Any]) -> FlaskOAuth2App:
        says = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        more = {name: described[name] for name in ("userinfo_endpoint",) if name in described}
        return FlaskOAuth2App(
            FlaskIntegration("provider"),
            "provider",
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret,
            authorize_url=described["authorization_endpoint"],
            access_token_url=described["token_endpoint"],
            client_kwargs={
                "scope": " ".join(self.provider.scopes),
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": (
                    "client_secret_basic" if "client_secret_basic" in says else "client_secret_post"
                ),
                "default_timeout": PATIENCE,
                "max_redirects": 0,
            },
            jwks_uri=described["jwks_uri"],
            id_token_signing_alg_values_supported=_algorithms(described),
            **more,
        )

    def _described(self) -> Mapping[str, Any]:
        """The provider's description of itself, if it is one that can be trusted."""
        address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        reply = requests.get(address, timeout=PATIENCE, allow_redirects=False)
        if reply.status_code != 200:
            raise requests.ConnectionError(f"status {reply.status_code} for its description")
        described = reply.json()
        if described["issuer"] != self.provider.issuer:
            raise Unproven(f"OIDC_ISSUER is {self.provider.issuer}, but it calls itself {described['issuer']}")
        for name in (*_ENDPOINTS, *({"userinfo_endpoint"} & set(described))):
            if not is_private(described[name]):
                raise Unproven(f"its {name} is no address that begins with https://")
        return dict(described)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """While the provider is asked: whatever goes wrong is Unreachable or Unproven, and in the log."""
        if not self._asking.acquire(timeout=1):
            raise Unreachable
        try:
            yield
        except requests.JSONDecodeError as error:
            raise self._noted(Unproven("it does not answer in JSON")) from error
        except requests.RequestException as error:
            raise self._noted(Unreachable(type(error).__name__)) from error
        except Unproven as error:
            self._noted(error)
            raise
        except JoseError as error:
            raise self._noted(Unproven(f"its ID token does not hold ({str(error).rstrip(': ')})")) from error
        except AuthlibBaseError as error:
            raise self._noted(Unproven(f"it answered {str(error.error)[:40]!r}")) from error
        # An answer that is no such answer at all breaks in the libraries, wherever they first look into it.
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise self._noted(Unproven(type(error).__name__)) from error
        finally:
            self._asking.release()

    def _noted(self, error: Exception) -> Exception:
        log.warning("Single sign-on at %s: %s.", self.provider.issuer, error)
        return error


def _algorithms(described: Mapping[str, Any]) -> list[str]:
    says = described.get("id_token_signing_alg_values_supported", ["RS256"])
    found = [name for name in _ALGORITHMS if name in says]
    if not found:
        raise Unproven(f"it signs by none of {', '.join(_ALGORITHMS)}")
    return found
