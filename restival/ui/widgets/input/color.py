"""A colour."""

from html import escape

from restival.io.core.call import FieldSpec, Json
from restival.io.input.color import HEX
from restival.ui.widgets.base.element_field import ElementField, PartWidget
from restival.ui.widgets.base.widget import Changed
from restival.ui.widgets.input.text import written


class Color(ElementField, component="color.js"):
    """A swatch that opens the browser's own picker, and a field in which the colour can be typed."""


class ColorWidget(PartWidget):
    """A colour that is picked or typed."""

    component = "input.color"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed, Color(spec, written(spec.value)))

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The color, and a patch of it."""
        words = escape(cls.in_words(spec, answer))
        is_color = HEX.fullmatch(str(answer))
        return f'<span class="r-patch" style="background: {answer}"></span> {answer}' if is_color else words
