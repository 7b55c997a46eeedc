"""A secret."""

from typing import Any

from restival.ui.widgets.input.text import TextWidget


class PasswordWidget(TextWidget):
    """An input that shows dots, always empty at first."""

    component = "input.password"
    kind = "password"
    drawn_empty = True

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input; the browser isn't to fill in what it keeps for this site."""
        return {**super().attributes(), "autocomplete": "new-password"}
