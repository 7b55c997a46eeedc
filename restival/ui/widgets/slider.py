"""A number on a scale."""

from restival.io.call import FieldSpec
from restival.io.slider import SliderProps
from restival.ui.widgets.parts import Part, PartWidget
from restival.ui.widgets.widget import Changed


class Slider(Part, component="slider.js"):
    """A scale with a handle, and a field beside it in which the number can be typed."""


class SliderWidget(PartWidget):
    """A number that is dragged or typed. The handle stands at the start until somebody moves it."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        props = SliderProps.model_validate(spec.props)
        value = "" if isinstance(spec.value, (dict, list, bool)) or spec.value is None else str(spec.value)
        scale = {"min": float(props.min), "max": float(props.max), "step": float(props.step)}
        super().__init__(spec, changed, Slider(spec, value, **scale))
