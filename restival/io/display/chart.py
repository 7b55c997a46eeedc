"""A chart."""

from typing import Any, Literal

from restival.io.core.call import Json
from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.display.chart_figure import ShownFigure, shown_figure
from restival.io.table.columns import TableProps, table_props

MOST_ROWS = 500
"""Rows of the table beside a chart."""


class ChartProps(Props):
    """A chart that the browser draws from `options`, or one that is drawn already, as SVG; and its data as a table."""

    kind: Literal["echarts", "plotly", "svg"]
    options: Json = None
    svg: str = ""
    adapts: bool = True
    """Whether a drawn one stands on a light ground, which a dark page may turn over."""
    description: str = ""
    table: TableProps | None = None
    height: int | None = None
    width: int | None = None


class Chart(RecordedDisplay):
    """A chart: a Plotly figure, an Altair chart, a Matplotlib figure, or a dict of ECharts options.

    If the figure's data can be read, a table with the same numbers appears with the chart.
    `description` describes the chart for people who can't see it.

    `height` and `width` are in pixels.
    Without them, the chart is as wide as the page and as high as the figure says.
    An Altair or Matplotlib figure has its own size.
    Altair needs the package `vl-convert-python`.

    Raises TypeError for any other figure, and ValueError for options that contain code or unsafe links.
    """

    name = "display.chart"
    props_type = ChartProps

    def __init__(
        self,
        label: str,
        figure: Any,
        *,
        description: str = "",
        height: int | None = None,
        width: int | None = None,
    ) -> None:
        shown = shown_figure(figure)
        props = ChartProps(
            kind=shown.kind,
            options=shown.options,
            svg=shown.svg,
            adapts=shown.adapts,
            description=description,
            table=_table(shown),
            height=height or shown.height,
            width=width,
        )
        super().__init__(label, props)


def _table(figure: ShownFigure) -> TableProps | None:
    if not figure.rows:
        return None
    table = table_props(
        figure.rows[:MOST_ROWS],
        None,
        {"default_page_size": 10, "orientation": "horizontal", "is_sortable": True, "is_filterable": True},
    )
    return TableProps(**table)
