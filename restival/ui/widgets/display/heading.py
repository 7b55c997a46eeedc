"""A heading."""

from typing import Literal, cast

from nicegui import ui

from restival.io.core.call import FieldSpec
from restival.ui.elements.anchor import button_link
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget


class HeadingWidget(Widget):
    """A heading with a description under it and links beside it."""

    component = "display.heading"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        level = spec.props.get("level", 2)
        with ui.element("div").classes("r-heading") as self.root:
            text(cast(Literal["h2", "h3", "h4"], f"h{level}"), spec.label, f"r-h{level}")
            if spec.props.get("description"):
                text("p", spec.props["description"], "r-hint")
            if items := spec.props.get("menu_items"):
                self.root.classes("r-heading-menu")
                with ui.element("div").classes("r-links"):
                    for item in items:
                        button_link(item)
