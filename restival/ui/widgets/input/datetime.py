"""A day and a time."""

import datetime as dt
from typing import Any

from restival.i18n import current_locale, in_moment, t
from restival.io.core.call import FieldSpec, Json
from restival.ui.elements.times import zone_name
from restival.ui.widgets.input.date import DateWidget
from restival.ui.widgets.input.text import sentences


class DatetimeWidget(DateWidget):
    """The browser's own field for a date and a time, in the user's time zone, which is shown.

    Where the default or a limit has a zone, what is read has that of the person.
    """

    component = "input.datetime"
    kind = "datetime-local"

    def _know(self) -> None:
        spec = self.spec
        bounds = {bound: spec.props.get(bound) for bound in ("min", "max")}
        self._zone = current_locale().zone if any(map(_has_zone, (spec.value, *bounds.values()))) else None
        shown = {bound: self._shown(value) for bound, value in bounds.items() if value}
        self.spec = spec.model_copy(
            update={
                "value": self._shown(spec.value),
                "props": {**spec.props, **shown},
                "help_text": sentences(spec.help_text, t("Time zone: {zone}.", zone=zone_name())),
            }
        )

    def read(self) -> Json:
        """The moment as ISO 8601 writes it, or what was typed instead."""
        written = super().read()
        moment = _moment(written)
        if self._zone is None or moment is None or moment.tzinfo is not None:
            return written
        return moment.replace(tzinfo=self._zone).isoformat()

    def _shown(self, value: Any) -> Json:
        moment = _moment(value)
        if moment is None or moment.tzinfo is None or self._zone is None:
            return value
        return moment.astimezone(self._zone).replace(tzinfo=None).isoformat()

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The moment as people read it."""
        return in_moment(dt.datetime.fromisoformat(answer))


def _has_zone(value: Json) -> bool:
    moment = _moment(value)
    return moment is not None and moment.tzinfo is not None


def _moment(value: Json) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
