"""A number."""

from restival.io.call import FieldSpec
from restival.io.number import NumberProps
from restival.ui.widgets.text import TextWidget
from restival.ui.widgets.widget import Changed

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "CHF", "CAD": "CA$", "AUD": "A$"}


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        if symbol := symbol_of(spec):
            self.element.props["prefix"] = symbol
        self.element.props["inputmode"] = _keyboard(NumberProps.model_validate(spec.props))
        self.element.props["autocomplete"] = "off"


def symbol_of(spec: FieldSpec) -> str:
    """What stands before the number: a text of the action's, or the currency."""
    currency = spec.props.get("currency") or ""
    return spec.props.get("prepend") or SYMBOLS.get(currency, currency)


def _keyboard(props: NumberProps) -> str:
    """The keyboard of phones; those for numbers have no minus."""
    if props.min is None or props.min < 0:
        return "text"
    return "numeric" if props.whole else "decimal"
