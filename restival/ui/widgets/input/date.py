"""A day of the calendar."""

from datetime import date
from typing import Any

from restival.i18n import in_date
from restival.io.core.call import FieldSpec, Json
from restival.ui.widgets.input.text import TextWidget


class DateWidget(TextWidget):
    """The browser's own field for a date: typed or picked."""

    component = "input.date"
    kind = "date"

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        bounds = {bound: self.spec.props[bound] for bound in ("min", "max") if self.spec.props.get(bound)}
        return {**super().attributes(), **bounds}

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The day as people read it."""
        return in_date(date.fromisoformat(answer))
