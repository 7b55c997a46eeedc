"""HTML of the action's own."""

from nicegui import ui

from restival.io.core.call import FieldSpec
from restival.ui.elements.content.formatted import Text, show
from restival.ui.elements.content.prose import as_written
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget


class HtmlWidget(Widget):
    """Sanitised HTML under its label; as it is written where it is too much."""

    component = "display.html"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            place = ui.html("", sanitize=False).classes("r-prose r-html")
        html = spec.props["html"]
        show(
            place,
            self.texts(spec),
            lambda shown: place.set_content(as_written(html) if shown is None else shown),
        )

    @classmethod
    def texts(cls, spec: FieldSpec) -> list[Text]:
        """The HTML."""
        return [Text("html", (spec.props["html"],))]
