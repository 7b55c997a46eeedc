"""A web address."""

from restival.ui.widgets.input.text import TextWidget


class UrlWidget(TextWidget):
    """An input for an address; phones show their keyboard for it."""

    component = "input.url"
    kind = "url"
