"""Where the browser finds the shapes of the maps: ours among the assets, official ones here, from memory."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort

from dashboard.charts.boundaries import MapLayer, map_layer
from dashboard.web.assets import BOUNDARIES, GEOJSON, fingerprint
from data_access.boundaries import FILES, Boundaries, Layer
from data_access.boundary_names import Level


class BoundaryFiles:
    """Both layers of the map, each at the one address that the browser fetches it by."""

    def __init__(self, boundaries: Boundaries, url_of: Callable[[str], str], *, official: bool) -> None:
        """`url_of` gives the address of an asset; official boundaries are none."""
        layers: Mapping[Level, Layer] = {"provinces": boundaries.provinces, "districts": boundaries.districts}
        self._served = {FILES[level]: layer.geojson() for level, layer in layers.items()} if official else {}
        own = {FILES[level]: f"boundaries/{FILES[level]}" for level in layers}
        address = self._address if official else lambda name: url_of(own[name])
        self.layers: Mapping[Level, MapLayer] = {
            level: map_layer(layer, address(FILES[level])) for level, layer in layers.items()
        }

    @property
    def addresses(self) -> frozenset[str]:
        """Where both layers are, with their fingerprints."""
        return frozenset(layer.url for layer in self.layers.values())

    def blueprint(self) -> Blueprint:
        """The route of official boundaries."""
        routes = Blueprint("boundaries", __name__)

        @routes.get(f"{BOUNDARIES}<name>")
        def file(name: str) -> Response:
            """One file."""
            if name not in self._served:
                abort(404)
            return Response(self._served[name], mimetype=GEOJSON)

        return routes

    def _address(self, name: str) -> str:
        return f"{BOUNDARIES}{name}?v={fingerprint(self._served[name])}"
