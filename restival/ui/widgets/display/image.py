"""A picture."""

from nicegui import ui

from restival.io.core.call import FieldSpec
from restival.ui.elements.text import text
from restival.ui.widgets.base.media import sized
from restival.ui.widgets.base.widget import Changed, Widget


class ImageWidget(Widget):
    """A picture under its label."""

    component = "display.image"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            picture = sized(ui.element("img").classes("r-picture"), spec.props)
            picture.props["src"] = spec.props["url"]
            picture.props["alt"] = spec.props.get("alt") or spec.label
