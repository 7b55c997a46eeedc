"""A number on a scale."""

from restival.i18n import as_number, as_typed, point
from restival.io.core.call import FieldSpec, Json
from restival.io.input.slider import SliderProps
from restival.ui.widgets.base.element_field import ElementField, PartWidget
from restival.ui.widgets.base.widget import Changed


class Slider(ElementField, component="slider.js"):
    """A scale with a handle, and a field beside it in which the number can be typed."""


class SliderWidget(PartWidget):
    """A number that is dragged or typed. The handle stands at the start until somebody moves it."""

    component = "input.slider"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        props = SliderProps.model_validate(spec.props)
        value = "" if isinstance(spec.value, (dict, list, bool)) or spec.value is None else as_typed(str(spec.value))
        scale = {"min": float(props.min), "max": float(props.max), "step": float(props.step)}
        super().__init__(spec, changed, Slider(spec, value, point=point(), **scale))

    def read(self) -> Json:
        """The number as JSON writes it; what isn't one, as it was typed."""
        return as_number(str(self.part.value or ""))
