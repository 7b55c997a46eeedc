"""A line or a paragraph of text."""

from typing import Any

from nicegui import ui

from restival.io.call import FieldSpec, Json
from restival.ui.widgets.widget import Changed, FieldWidget, label_of


class TextWidget(FieldWidget):
    """An input, or a text area where several lines are asked for."""

    kind = "text"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props: dict[str, Any] = spec.props
        value = "" if spec.value is None else str(spec.value)
        if props.get("multiline"):
            element: ui.input | ui.textarea = ui.textarea(
                label_of(spec), placeholder=props.get("placeholder"), value=value
            )
            element.props["rows"] = props.get("lines") or 4
            element.props["autogrow"] = True
        else:
            element = ui.input(label_of(spec), placeholder=props.get("placeholder"), value=value)
            element.props["type"] = self.kind
            self.single_line = element
        if props.get("max_length"):
            element.props["counter"] = True
            element.props["maxlength"] = props["max_length"]
        self.place(element)

    def read(self) -> Json:
        """The text as it was typed."""
        return self.element.value or None
