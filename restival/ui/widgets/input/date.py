"""A day of the calendar."""

from typing import Any

from restival.ui.widgets.input.text import TextWidget


class DateWidget(TextWidget):
    """The browser's own field for a date: typed or picked."""

    kind = "date"

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        bounds = {bound: self.spec.props[bound] for bound in ("min", "max") if self.spec.props.get(bound)}
        return {**super().attributes(), **bounds}
