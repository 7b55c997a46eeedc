"""A line or a paragraph of text."""

from typing import Any

from nicegui import ui

from restival.io.call import FieldSpec, Json
from restival.ui.widgets.pieces import Line, Paragraph
from restival.ui.widgets.widget import Changed, FieldWidget, label_of

LINES = 4
LINE_HEIGHT = 1.5
"""Height of a line in a text area, in em."""


class TextWidget(FieldWidget):
    """An input, or a text area where several lines are asked for."""

    kind = "text"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props: dict[str, Any] = spec.props
        multiline = bool(props.get("multiline"))
        kind: type[ui.input] = Paragraph if multiline else Line
        element = kind(label_of(spec), placeholder=props.get("placeholder"), value=written(spec.value))
        if multiline:
            element.props["autogrow"] = True
            element.props["input-style"] = f"min-height: {(props.get('lines') or LINES) * LINE_HEIGHT}em"
        else:
            element.props["type"] = self.kind
            self.last_line = element
        if props.get("max_length"):
            element.props["counter"] = True
            if not multiline:  # a long paste would be cut off without a word
                element.props["maxlength"] = props["max_length"]
        self.place(element)

    def read(self) -> Json:
        """The text as it was typed."""
        return self.element.value or None


def written(value: Json) -> str:
    """A value as it stands in an input."""
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
