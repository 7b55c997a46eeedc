"""HTML of the action's own."""

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.sanitise import sanitised
from restival.ui.text import text
from restival.ui.widgets.widget import Changed, Widget


class HtmlWidget(Widget):
    """Sanitised HTML under its label."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            ui.html(sanitised(spec.props["html"]), sanitize=False).classes("r-prose r-html")
