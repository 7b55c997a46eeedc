"""A colour."""

from restival.io.call import FieldSpec
from restival.ui.widgets.parts import Part, PartWidget
from restival.ui.widgets.text import written
from restival.ui.widgets.widget import Changed


class Color(Part, component="color.js"):
    """A swatch that opens the browser's own picker, and a field in which the colour can be typed."""


class ColorWidget(PartWidget):
    """A colour that is picked or typed."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed, Color(spec, written(spec.value)))
