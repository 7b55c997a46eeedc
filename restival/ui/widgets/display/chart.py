"""A chart."""

from base64 import b64encode

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t
from restival.io.core.call import FieldSpec, Json
from restival.io.display.chart import ChartProps
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget
from restival.ui.widgets.table.grid import Grid


class Plot(Element, component="chart.js"):
    """A chart that the browser draws by ECharts or Plotly, in the colours of the page."""

    def __init__(self, props: ChartProps) -> None:
        super().__init__()
        self._props.update({"kind": props.kind, "options": props.options, "role": "img"})
        self.classes("r-plot")
        self.style(f"height: {props.height}px" + (f"; width: {props.width}px" if props.width else ""))


class ChartWidget(Widget):
    """A chart under its label, what can be seen in it, and its data as a table."""

    component = "display.chart"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = ChartProps.model_validate(spec.props)
        with ui.element("figure").classes("r-display r-chart") as self.root:
            self.root.props["aria-label"] = spec.label or t("Chart")
            if spec.label:
                text("div", spec.label, "r-label")
            if props.description:
                text("p", props.description, "r-hint")
            words = ". ".join(filter(None, (spec.label or t("Chart"), props.description)))
            self._plot: Plot | None = None
            if props.kind == "svg":
                _draw_picture(props, words)
            else:
                self._plot = Plot(props)
                self._plot.props["aria-label"] = words
            self._grid: Grid | None = None
            if props.table:
                with ui.element("details").classes("r-chart-data"):
                    text("summary", t("Data as a table"))
                    self._grid = Grid("", props.table)

    def take(self, spec: FieldSpec) -> bool:
        """Move to other numbers where nothing else has changed."""
        if spec == self.spec:
            return True
        props = ChartProps.model_validate(spec.props)
        if self._plot is None or (self._grid is None) != (props.table is None) or _form(spec) != _form(self.spec):
            return False
        self._plot.props["options"] = props.options
        if self._grid is not None and props.table is not None:
            self._grid.take(props.table, changed=True)
        self.spec = spec
        return True


def _form(spec: FieldSpec) -> tuple[Json, ...]:
    """What a chart is drawn anew for."""
    return (spec.label, *(spec.props.get(name) for name in ("kind", "description", "height", "width")))


def _draw_picture(props: ChartProps, words: str) -> None:
    """As a picture, an SVG runs no scripts and loads nothing."""
    picture = ui.element("img").classes("r-picture r-drawn")
    if props.adapts:
        picture.classes("r-drawn-light")
    picture.props["src"] = "data:image/svg+xml;base64," + b64encode(props.svg.encode()).decode()
    picture.props["alt"] = words
    if props.width:
        picture.style(f"width: {props.width}px")
    if props.height:
        picture.style(f"max-height: {props.height}px")
