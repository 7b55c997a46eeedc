"""A question with yes and no."""

from restival.ui.widgets.input.boolean import BooleanWidget


class ConfirmWidget(BooleanWidget):
    """Its answer is shown as a switch's is."""

    component = "confirm"
