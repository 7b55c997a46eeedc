"""Places on a map."""

from nicegui import ui

from restival.i18n import decimal, t
from restival.io.core.call import FieldSpec
from restival.io.display.map import MapProps, ShownPoint
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget

TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
CREDIT = '&copy; <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap</a>'


class MapWidget(Widget):
    """A map with markers, and the places as a list, which needs no network and no eyes."""

    component = "display.map"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = MapProps.model_validate(spec.props)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            _draw_map(spec.label or t("Map"), props)
            if props.points:
                with ui.element("ol").classes("r-places"):
                    for point in props.points:
                        _draw_place(point)


def _draw_map(label: str, props: MapProps) -> None:
    # the wheel scrolls the page, which would stop at each map otherwise
    shown = ui.leaflet(props.center, props.zoom, options={"scrollWheelZoom": False}).classes("r-map")
    shown.props["role"] = "region"
    shown.props["aria-label"] = label
    shown.clear_layers()
    shown.tile_layer(url_template=TILES, options={"attribution": CREDIT, "maxZoom": 19})
    for point in props.points:
        name = point.label or _degrees(point)
        shown.marker(latlng=(point.lat, point.lng), options={"title": name, "alt": name})


def _draw_place(point: ShownPoint) -> None:
    with ui.element("li"):
        if point.label:
            text("span", point.label, "r-place")
        if point.description:
            text("span", point.description)
        text("span", _degrees(point), "r-hint")


def _degrees(point: ShownPoint) -> str:
    north, east = t("N") if point.lat >= 0 else t("S"), t("E") if point.lng >= 0 else t("W")
    return f"{decimal(abs(point.lat), 4)}° {north}, {decimal(abs(point.lng), 4)}° {east}"
