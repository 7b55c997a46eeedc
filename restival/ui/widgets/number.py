"""A number."""

from decimal import Decimal

from babel.numbers import get_currency_symbol

from restival.io.call import FieldSpec, Json
from restival.io.number import GROUPED_FROM, NumberProps
from restival.ui.widgets.pieces import Line
from restival.ui.widgets.text import TextWidget
from restival.ui.widgets.widget import Changed

LOCALE = "en_US"


class NumberLine(Line, component="number_line.js"):
    """A line that shows a number in groups while it isn't edited."""


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    line = NumberLine

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = NumberProps.model_validate(spec.props)
        if symbol := _symbol(props):
            self.element.props["prefix"] = symbol
        self.element.props["inputmode"] = _keyboard(props)
        self.element.props["autocomplete"] = "off"
        self.element.props["grouped-from"] = 0 if props.currency else GROUPED_FROM
        self.element.props["places"] = (props.decimals or 0) if props.currency else 0


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
