"""Figures of several libraries as what travels. None of the libraries is imported: who has a figure, has them."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from restival.io.core.call import Json
from restival.io.core.jsonable import jsonable
from restival.io.core.urls import LINKED, checked_url
from restival.io.display.chart_rows import altair_rows, echarts_rows, matplotlib_rows, plotly_rows

HEIGHT = 360
"""Pixels of a figure that says nothing."""
LIGHT = 0.5
"""The brightness, from 0 to 1, above which a figure's ground is light."""


@dataclass
class ShownFigure:
    """A figure as it travels, and its data by rows where they can be read from it."""

    kind: Literal["echarts", "plotly", "svg"]
    options: Json = None
    svg: str = ""
    adapts: bool = True
    rows: list[dict[str, Any]] = field(default_factory=list)
    height: int | None = None


def shown_figure(figure: Any) -> ShownFigure:
    """The figure as it travels. Raises TypeError for what is no figure of a known library."""
    if isinstance(figure, Mapping):
        return _echarts(figure)
    packages = {kind.__module__.partition(".")[0] for kind in type(figure).__mro__}
    for package, convert in CONVERTERS.items():
        if package in packages:
            return convert(figure)
    raise TypeError(
        f"io.display.chart accepts Plotly, Altair, and Matplotlib figures and dicts of ECharts options, "
        f"not {type(figure).__module__}.{type(figure).__qualname__}"
    )


def _echarts(figure: Mapping[str, Any]) -> ShownFigure:
    options = jsonable(figure)
    for path, key, value in _inside(options):
        if key in ("link", "sublink") and isinstance(value, str):
            checked_url(value, LINKED, path)
        if key == "dataView":
            raise ValueError(f"{path}: not supported; the chart already shows its data as a table")
        if key.startswith(":"):
            raise ValueError(f"{path}: JavaScript in options isn't run")
    return ShownFigure("echarts", options, rows=echarts_rows(options), height=HEIGHT)


def _inside(options: Json, path: str = "figure") -> Iterator[tuple[str, str, Json]]:
    """Every key in the options with its path and value."""
    if isinstance(options, dict):
        for key, value in options.items():
            yield f"{path}[{key!r}]", key, value
            yield from _inside(value, f"{path}[{key!r}]")
    elif isinstance(options, list):
        for index, value in enumerate(options):
            yield from _inside(value, f"{path}[{index}]")


def _plotly(figure: Any) -> ShownFigure:
    height = int(figure.layout.height or HEIGHT)
    return ShownFigure("plotly", json.loads(figure.to_json()), rows=plotly_rows(figure), height=height)


def _altair(figure: Any) -> ShownFigure:
    spec = figure.to_dict()
    grounded = "background" in spec or "background" in spec.get("config", {})
    drawn = io.StringIO()
    try:
        (figure if grounded else figure.properties(background="transparent")).save(drawn, format="svg")
    except ImportError as error:
        raise ValueError("install vl-convert-python to show Altair charts with io.display.chart") from error
    return ShownFigure("svg", svg=drawn.getvalue(), adapts=not grounded, rows=altair_rows(spec))


def _matplotlib(figure: Any) -> ShownFigure:
    ground = figure.get_facecolor()
    light = ground[3] == 0 or sum(ground[:3]) / 3 > LIGHT
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", bbox_inches="tight", metadata={"Date": None}, transparent=light)
    return ShownFigure("svg", svg=drawn.getvalue(), adapts=light, rows=matplotlib_rows(figure))


CONVERTERS: dict[str, Callable[[Any], ShownFigure]] = {
    "plotly": _plotly,
    "altair": _altair,
    "matplotlib": _matplotlib,
}
