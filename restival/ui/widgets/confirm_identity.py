"""A question that only the person may answer with yes."""

from restival.ui.widgets.input.boolean import BooleanWidget


class ConfirmIdentityWidget(BooleanWidget):
    """Its answer is shown as a switch's is."""

    component = "confirm_identity"
