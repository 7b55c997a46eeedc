"""Text with formatting."""

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.sanitise import sanitised
from restival.ui.widgets.widget import Changed, Widget

EXTRAS = ["fenced-code-blocks", "tables", "strike", "cuddled-lists"]


class MarkdownWidget(Widget):
    """Markdown; what HTML it holds is sanitised before it leaves the server."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root = ui.markdown(spec.props["text"], extras=EXTRAS, sanitize=sanitised).classes("r-prose")
