"""/metrics, for whoever watches the server: with a token of its own, or as an administrator."""

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from dashboard.web.asking import METRICS
from dashboard.web.metrics.figures import Metrics


def metrics_page(metrics: Metrics) -> Blueprint:
    """The route; who may ask is decided by the guard."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get(METRICS)
    def scraped() -> Response:
        """Everything that is counted, in Prometheus' text format."""
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return blueprint
