"""A day of the calendar."""

import datetime as dt

from restival.i18n import in_date, t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props


class DateProps(Props):
    """The first and the last day that may be chosen."""

    min: dt.date | None = None
    max: dt.date | None = None

    def check(self, answer: Json) -> str:
        """A day in range, as ISO 8601 writes it."""
        try:
            day = dt.date.fromisoformat(answer)
        except (TypeError, ValueError):
            raise InvalidAnswer(t("Enter a date as YYYY-MM-DD.")) from None
        if self.min is not None and day < self.min:
            raise InvalidAnswer(t("Enter a date on or after {date}.", date=in_date(self.min)))
        if self.max is not None and day > self.max:
            raise InvalidAnswer(t("Enter a date on or before {date}.", date=in_date(self.max)))
        return day.isoformat()


class DateInput(Component[dt.date]):
    """A date, typed or picked from a calendar."""

    name = "input.date"
    props_type = DateProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: dt.date | None = None,
        disabled: bool = False,
        min: dt.date | None = None,
        max: dt.date | None = None,
    ) -> None:
        props = DateProps(min=min, max=max)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: dt.date) -> str:
        """The day as ISO 8601 writes it."""
        return value.isoformat()

    def resolve(self, answer: Json) -> dt.date:
        """The day."""
        return dt.date.fromisoformat(answer)
