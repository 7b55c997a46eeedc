"""A number."""

from typing import Any

from restival.io.call import FieldSpec
from restival.io.number import NumberProps
from restival.ui.widgets.text import TextWidget

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "CHF", "CAD": "CA$", "AUD": "A$"}


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        return {**super().attributes(), "inputmode": _keyboard(NumberProps.model_validate(self.spec.props))}

    def prefix(self) -> str | None:
        """The currency, or what the action says."""
        return symbol_of(self.spec) or None


def symbol_of(spec: FieldSpec) -> str:
    """What stands before the number: a text of the action's, or the currency."""
    currency = spec.props.get("currency") or ""
    return spec.props.get("prepend") or SYMBOLS.get(currency, currency)


def _keyboard(props: NumberProps) -> str:
    """The keyboard of phones; those for numbers have no minus."""
    if props.min is None or props.min < 0:
        return "text"
    return "numeric" if props.whole else "decimal"
