"""Text with bold, lists and links."""

from restival.io.core.call import FieldSpec, Json
from restival.io.input.rich_text import sanitized
from restival.ui.widgets.base.element_field import ElementField, PartWidget
from restival.ui.widgets.base.widget import Changed
from restival.ui.widgets.input.text import written


class RichText(ElementField, component="rich_text.js"):
    """Quasar's editor with a label."""


class RichTextWidget(PartWidget):
    """An editor; what it is drawn with was sanitised, also where it comes from a draft."""

    component = "input.rich_text"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        editor = RichText(spec, sanitized(written(spec.value)), placeholder=spec.props.get("placeholder") or "")
        super().__init__(spec, changed, editor)

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The text with its formatting."""
        return f'<div class="r-prose">{sanitized(str(answer))}</div>'
