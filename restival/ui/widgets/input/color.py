"""A colour."""

from restival.io.core.call import FieldSpec
from restival.ui.widgets.base.element_field import Part, PartWidget
from restival.ui.widgets.base.widget import Changed
from restival.ui.widgets.input.text import written


class Color(Part, component="color.js"):
    """A swatch that opens the browser's own picker, and a field in which the colour can be typed."""


class ColorWidget(PartWidget):
    """A colour that is picked or typed."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed, Color(spec, written(spec.value)))
