"""A day of the calendar."""

from restival.io.call import FieldSpec
from restival.ui.widgets.text import TextWidget
from restival.ui.widgets.widget import Changed


class DateWidget(TextWidget):
    """The browser's own field for a date: typed or picked."""

    kind = "date"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        for bound in ("min", "max"):
            if spec.props.get(bound):
                self.element.props[bound] = spec.props[bound]
