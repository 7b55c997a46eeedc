"""A time of the day."""

import datetime as dt

from restival.i18n import in_time, t
from restival.io.core.call import FieldSpec, Json
from restival.ui.elements.times import zone_name
from restival.ui.widgets.base.widget import Changed
from restival.ui.widgets.input.date import DateWidget
from restival.ui.widgets.input.text import sentences


class TimeWidget(DateWidget):
    """The browser's own field for a time, typed or picked. It shows the user's time zone."""

    component = "input.time"
    kind = "time"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        told = sentences(spec.help_text, t("Time zone: {zone}.", zone=zone_name()))
        super().__init__(spec.model_copy(update={"help_text": told}), changed)

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The time as people read it."""
        return in_time(dt.time.fromisoformat(answer))
