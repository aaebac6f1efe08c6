"""/metrics, for whoever watches the server: with a token of its own, or as an administrator."""

import hmac
from typing import Final

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST

from dashboard.web.asking import METRICS
from dashboard.web.metrics.figures import Metrics

_BEARER: Final = "bearer"


class MetricsKey:
    """Knows the token that opens /metrics and nothing else; without one only administrators read it."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def opens(self) -> bool:
        """Whether this request needs no account."""
        if request.path != METRICS or not self._token:
            return False
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        given = key.strip().encode("utf-8", "replace")
        return scheme.lower() == _BEARER and hmac.compare_digest(given, self._token)


def metrics_page(metrics: Metrics) -> Blueprint:
    """The route; who may ask is decided by the guard."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get(METRICS)
    def scraped() -> Response:
        """Everything that is counted, in Prometheus' text format."""
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
