"""Text with formatting."""

from restival.io.core.call import FieldSpec
from restival.ui.elements.content.formatted import Text
from restival.ui.elements.content.prose import draw_markdown
from restival.ui.widgets.base.widget import Changed, Widget


class MarkdownWidget(Widget):
    """Markdown; what HTML it holds is sanitised before it leaves the server."""

    component = "display.markdown"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root = draw_markdown(spec.props["text"])

    @classmethod
    def texts(cls, spec: FieldSpec) -> list[Text]:
        """The Markdown."""
        return [Text("markdown", (spec.props["text"],))]
