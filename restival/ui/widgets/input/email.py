"""A mail address."""

from restival.ui.widgets.input.text import TextWidget


class EmailWidget(TextWidget):
    """An input for an address; phones show their keyboard for it."""

    component = "input.email"
    kind = "email"
