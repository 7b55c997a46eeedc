"""A number."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_symbol

from restival.io.call import FieldSpec, Json
from restival.io.number import GROUPED_FROM, NumberProps
from restival.ui.widgets.text import TextWidget
from restival.ui.widgets.widget import Changed

LOCALE = "en_US"


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        self._number = NumberProps.model_validate(spec.props)
        super().__init__(spec, changed)
        money = self._number.currency is not None
        self.line.group_digits(0 if money else GROUPED_FROM, (self._number.decimals or 0) if money else 0)

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        return {**super().attributes(), "inputmode": _keyboard(self._number)}

    def prefix(self) -> str | None:
        """The currency, or what the action says."""
        return _symbol(self._number) or None


def number_in_words(spec: FieldSpec, answer: Json) -> str:
    """An answer as people read it, with its currency or the text that stands before it."""
    props = NumberProps.model_validate(spec.props)
    number = props.in_groups(Decimal(str(answer)))
    return f"{_symbol(props)} {number}".strip()


def _symbol(props: NumberProps) -> str:
    """What stands before the number: a text of the action's, or the currency."""
    if props.prepend or props.currency is None:
        return props.prepend or ""
    return get_currency_symbol(props.currency, LOCALE)


def _keyboard(props: NumberProps) -> str:
    """The keyboard of phones; those for numbers have no minus."""
    if props.min is None or props.min < 0:
        return "text"
    return "numeric" if props.whole else "decimal"
