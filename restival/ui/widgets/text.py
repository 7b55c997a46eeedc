"""A line or a paragraph of text."""

from typing import Any

from nicegui import ui

from restival.io.call import FieldSpec, InvalidAnswer, Json
from restival.io.catalogue import check_answers
from restival.io.text import TextInput, TextProps
from restival.ui.widgets.pieces import Line, Paragraph
from restival.ui.widgets.widget import Changed, FieldWidget, label_of

LINES = 4
LINE_HEIGHT = 1.5
"""Height of a line in a text area, in em."""
LEFT = "(event) => event.relatedTarget?.closest('.r-primary') || emit()"
"""Tells that the field was left, unless it was left to send the form, which checks all."""


class TextWidget(FieldWidget):
    """An input, or a text area where several lines are asked for."""

    kind = "text"
    line: type[ui.input] = Line

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        limits = _limits(spec)
        hint = " ".join(filter(None, (spec.help_text, limits))) or None
        super().__init__(spec.model_copy(update={"help_text": hint}), changed)
        props: dict[str, Any] = spec.props
        multiline = bool(props.get("multiline"))
        element = (Paragraph if multiline else self.line)(
            label_of(spec), placeholder=props.get("placeholder"), value=written(spec.value)
        )
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
        if limits and not spec.disabled:
            element.on("blur", self._check_left, js_handler=LEFT)

    def _check_left(self) -> None:
        """Tell of a wrong length before the form is sent; there is room for it, so nothing moves under a click."""
        if not self.element.value:
            return
        try:
            check_answers([self.spec], {self.spec.key: self.read()})
        except InvalidAnswer as refused:
            self.show_errors({"": refused.errors[self.spec.key]})

    def read(self) -> Json:
        """The text as it was typed."""
        return self.element.value or None


def _limits(spec: FieldSpec) -> str:
    """The lengths that are allowed, in words."""
    if spec.component != TextInput.name:
        return ""
    limits = TextProps.model_validate(spec.props).limits()
    return f"{limits[:1].upper()}{limits[1:]}." if limits else ""


def written(value: Json) -> str:
    """A value as it stands in an input."""
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
