"""A number."""

from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol

from restival.i18n import as_number, as_typed, current_locale, group_mark, point
from restival.io.core.call import FieldSpec, Json
from restival.io.input.number import GROUPED_FROM, NumberProps
from restival.ui.elements.text_field import TextFieldOptions
from restival.ui.widgets.input.text import TextWidget, written


class NumberWidget(TextWidget):
    """An input that keeps what was typed, digit by digit; the check reads the number."""

    component = "input.number"

    def _know(self) -> None:
        self._number = NumberProps.model_validate(self.spec.props)

    def _text(self) -> str:
        return as_typed(written(self.spec.value))

    def look(self) -> TextFieldOptions:
        """The line, which shows the number in groups of digits while it isn't edited."""
        money = self._number.currency is not None
        look = super().look()
        look["grouped"] = 0 if money else GROUPED_FROM
        look["places"] = (self._number.decimals or 0) if money else 0
        look["point"], look["mark"] = point(), group_mark()
        return look

    def read(self) -> Json:
        """The number as JSON writes it; what isn't one, as it was typed."""
        return as_number(self.line.value) or None

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        return {**super().attributes(), "inputmode": _keyboard(self._number)}

    def prefix(self) -> str | None:
        """The currency, or what the action says."""
        return _symbol(self._number) or None

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The number with its currency or the text that stands before it."""
        props = NumberProps.model_validate(spec.props)
        number, symbol = props.in_groups(Decimal(str(answer))), _symbol(props)
        follows = symbol and not props.prepend and _symbol_follows()
        return f"{number} {symbol}" if follows else f"{symbol} {number}".strip()


def _symbol(props: NumberProps) -> str:
    """What stands before the number: a text of the action's, or the currency."""
    if props.prepend or props.currency is None:
        return props.prepend or ""
    return get_currency_symbol(props.currency, current_locale().locale)


def _symbol_follows() -> bool:
    """Whether currencies stand behind their numbers, as in German."""
    return bool(Locale.parse(current_locale().locale).currency_formats["standard"].pattern.endswith("¤"))


def _keyboard(props: NumberProps) -> str:
    """The keyboard of phones; those for numbers have no minus."""
    if props.min is None or props.min < 0:
        return "text"
    return "numeric" if props.whole else "decimal"
