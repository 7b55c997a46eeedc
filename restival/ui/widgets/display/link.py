"""A link."""

from nicegui import ui

from restival.io.core.call import FieldSpec
from restival.ui.elements.anchor import button_link
from restival.ui.widgets.base.widget import Changed, Widget


class LinkWidget(Widget):
    """A link that looks as weighty as its theme says."""

    component = "display.link"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-links") as self.root:
            button_link({"label": spec.label, **spec.props})
