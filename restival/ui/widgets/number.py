"""A number."""

from restival.io.call import FieldSpec
from restival.ui.widgets.text import TextWidget
from restival.ui.widgets.widget import Changed

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "CHF", "CAD": "CA$", "AUD": "A$"}


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        currency = spec.props.get("currency")
        prefix = spec.props.get("prepend") or (SYMBOLS.get(currency, currency) if currency else None)
        if prefix:
            self.element.props["prefix"] = prefix
        self.element.props["inputmode"] = "numeric" if spec.props.get("whole", True) else "decimal"
