"""Places on a map."""

import math
from collections.abc import Sequence
from typing import Required, TypedDict

from pydantic import BaseModel, Field

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay

CLOSE = 13
"""The zoom for a single place: a part of a town."""
FARTHEST = 1


class MapPoint(TypedDict, total=False):
    """A place: latitude and longitude in degrees, with an optional name and description."""

    lat: Required[float]
    lng: Required[float]
    label: str
    description: str


class ShownPoint(BaseModel):
    """A place as the browser sees it."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lng: float = Field(ge=-180, le=180, allow_inf_nan=False)
    label: str = ""
    description: str = ""


class MapProps(Props):
    """The places, and the part of the world that is shown at first."""

    points: list[ShownPoint]
    center: tuple[float, float]
    zoom: int = Field(ge=0, le=19)


class Map(RecordedDisplay):
    """Places on an OpenStreetMap map, and as text below it. The text needs no network.

    `points` are pairs of latitude and longitude in degrees, or mappings of `lat`, `lng`, `label`, and `description`.
    `zoom` is from 0 (the world) to 19 (a house).
    Without `center` and `zoom`, the map shows all points.

    Raises ValueError if there is neither a point nor a center, and for degrees out of range.
    """

    name = "display.map"
    props_type = MapProps

    def __init__(
        self,
        label: str,
        *,
        points: Sequence[MapPoint | tuple[float, float]] = (),
        center: tuple[float, float] | None = None,
        zoom: int | None = None,
    ) -> None:
        shown = [_shown(point) for point in points]
        if center is None and not shown:
            raise ValueError("io.display.map needs points or a center")
        middle = _shown(center) if center else _middle(shown)
        close = _zoom(shown) if zoom is None else zoom
        super().__init__(label, MapProps(points=shown, center=(middle.lat, middle.lng), zoom=close))


def _shown(point: MapPoint | tuple[float, float]) -> ShownPoint:
    return ShownPoint(**point) if isinstance(point, dict) else ShownPoint(lat=point[0], lng=point[1])


def _middle(points: list[ShownPoint]) -> ShownPoint:
    lats, lngs = [point.lat for point in points], [point.lng for point in points]
    return ShownPoint(lat=(min(lats) + max(lats)) / 2, lng=(min(lngs) + max(lngs)) / 2)


def _zoom(points: list[ShownPoint]) -> int:
    """The closest zoom at which all points fit into a map of phone width: each level halves what is seen of 360°."""
    if len(points) < 2:
        return CLOSE
    lats, lngs = [point.lat for point in points], [point.lng for point in points]
    span = max(max(lngs) - min(lngs), 2 * (max(lats) - min(lats)))
    return CLOSE if span == 0 else max(FARTHEST, min(CLOSE, math.floor(math.log2(360 / span))))
