"""A day and a time."""

import datetime as dt

from restival.i18n import in_moment, t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props


class DatetimeProps(Props):
    """The first and the last moment that may be chosen."""

    min: dt.datetime | None = None
    max: dt.datetime | None = None

    def check(self, answer: Json) -> str:
        """A moment in range, as ISO 8601 writes it."""
        try:
            moment = dt.datetime.fromisoformat(answer)
        except (TypeError, ValueError):
            raise InvalidAnswer(t("Enter a date and a time as YYYY-MM-DD HH:MM.")) from None
        if self.min is not None and _comparable(moment) < _comparable(self.min):
            raise InvalidAnswer(t("Enter a time at or after {time}.", time=in_moment(self.min)))
        if self.max is not None and _comparable(moment) > _comparable(self.max):
            raise InvalidAnswer(t("Enter a time at or before {time}.", time=in_moment(self.max)))
        return moment.isoformat()


def _comparable(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


class DatetimeInput(Component[dt.datetime]):
    """A date and time, typed or picked, in the user's time zone. The zone appears next to the field.

    The value has no time zone, unless `default_value`, `min`, or `max` has one.
    In that case, the value has the user's time zone.
    """

    name = "input.datetime"
    props_type = DatetimeProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: dt.datetime | None = None,
        disabled: bool = False,
        min: dt.datetime | None = None,
        max: dt.datetime | None = None,
    ) -> None:
        props = DatetimeProps(min=min, max=max)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: dt.datetime) -> str:
        """The moment as ISO 8601 writes it."""
        return value.replace(microsecond=0).isoformat()

    def resolve(self, answer: Json) -> dt.datetime:
        """The moment."""
        return dt.datetime.fromisoformat(answer)
