"""A day and a time."""

import datetime as dt

from restival.io.call import FieldSpec, Json
from restival.ui.widgets.date import DateWidget
from restival.ui.widgets.widget import Changed


class DatetimeWidget(DateWidget):
    """The browser's own field for a date and a time; text where a zone is in play, which that field can't show."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        zoned = any(_has_zone(value) for value in (spec.value, spec.props.get("min"), spec.props.get("max")))
        self.kind = "text" if zoned else "datetime-local"
        super().__init__(spec, changed)


def _has_zone(value: Json) -> bool:
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
