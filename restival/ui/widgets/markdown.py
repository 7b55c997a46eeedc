"""Text with formatting."""

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.widgets.widget import Changed, Widget


class MarkdownWidget(Widget):
    """Markdown; what HTML it holds is sanitised in the browser."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root = ui.markdown(spec.props["text"]).classes("r-prose")
