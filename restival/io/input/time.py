"""A time of the day."""

import datetime as dt

from restival.i18n import in_time, t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props


class TimeProps(Props):
    """The first and the last time that may be chosen."""

    min: dt.time | None = None
    max: dt.time | None = None

    def check(self, answer: Json) -> str:
        """A time in range, as ISO 8601 writes it."""
        try:
            time = dt.time.fromisoformat(answer)
        except (TypeError, ValueError):
            raise InvalidAnswer(t("Enter a time as HH:MM.")) from None
        if self.min is not None and time < self.min:
            raise InvalidAnswer(t("Enter a time at or after {time}.", time=in_time(self.min)))
        if self.max is not None and time > self.max:
            raise InvalidAnswer(t("Enter a time at or before {time}.", time=in_time(self.max)))
        return time.isoformat()


class TimeInput(Component[dt.time]):
    """A time of day, typed or picked, in the user's time zone. The zone appears next to the field."""

    name = "input.time"
    props_type = TimeProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: dt.time | None = None,
        disabled: bool = False,
        min: dt.time | None = None,
        max: dt.time | None = None,
    ) -> None:
        props = TimeProps(min=min, max=max)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: dt.time) -> str:
        """The time as ISO 8601 writes it."""
        return value.replace(microsecond=0).isoformat()

    def resolve(self, answer: Json) -> dt.time:
        """The time."""
        return dt.time.fromisoformat(answer)
