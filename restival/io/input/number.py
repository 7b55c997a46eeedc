"""A number, whole or with decimals."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, TypedDict, TypeVar, Unpack, overload

from babel.numbers import get_currency_precision, is_currency

from restival.i18n import decimal, t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

N = TypeVar("N", int, float, Decimal)

GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")
"""A number as it is often pasted. A comma elsewhere may stand for a point, so it is refused rather than guessed at."""
GROUPED_FROM = 10_000
"""From here on, numbers that aren't money are shown in groups: a year isn't."""


class NumberProps(Props):
    """`decimals` is the number of digits after the point, None for any; `currency` is an ISO 4217 code."""

    placeholder: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    prepend: str | None = None
    whole: bool = True
    decimals: int | None = None
    currency: str | None = None

    def check(self, answer: Json) -> Json:
        """A number in range: an int where it has to be whole, else a string that keeps every digit."""
        number = parsed(answer)
        if (self.min is not None and number < self.min) or (self.max is not None and number > self.max):
            raise InvalidAnswer(self._range_message())
        if self.whole:
            if number != number.to_integral_value():
                raise InvalidAnswer(t("Enter a whole number."))
            return int(number)
        if self.decimals is not None and -_exponent(number) > self.decimals:
            raise InvalidAnswer(
                tn("Enter at most {count} decimal place.", "Enter at most {count} decimal places.", self.decimals)
            )
        return format(number, "f")

    def _range_message(self) -> str:
        least, most = (None if limit is None else self.in_groups(limit) for limit in (self.min, self.max))
        if most is None:
            return t("Enter a number greater than or equal to {least}.", least=least)
        if least is None:
            return t("Enter a number less than or equal to {most}.", most=most)
        return t("Enter a number between {least} and {most}.", least=least, most=most)

    def in_groups(self, number: Decimal) -> str:
        """A number as people read it: 1234567.5 is 1,234,567.50 as money."""
        money = self.currency is not None
        places = max(-_exponent(number), (self.decimals or 0) if money else 0)
        return decimal(number, places, grouped=money or abs(number) >= GROUPED_FROM)


def parsed(answer: Json) -> Decimal:
    """The number that was typed, pasted or sent. Raises InvalidAnswer."""
    if isinstance(answer, bool) or not isinstance(answer, (int, float, str)):
        raise InvalidAnswer(t("Enter a number."))
    written = str(answer).strip().replace("−", "-")
    try:
        number = Decimal(written.replace(",", "") if GROUPED.fullmatch(written) else written)
    except InvalidOperation:
        raise InvalidAnswer(t("Enter a number.")) from None
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise InvalidAnswer(t("Enter a number."))
    return number


def _exponent(number: Decimal) -> int:
    """The power of ten of the last digit that isn't 0; digits before the point don't count."""
    exponent = number.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


class NumberOptions(TypedDict, total=False):
    """Keywords on which the type of the value doesn't depend."""

    help_text: str | None
    placeholder: str | None
    disabled: bool
    prepend: str | None


class RoundedOptions(NumberOptions, total=False):
    """The same for numbers that have decimals."""

    decimals: int | None
    currency: str | None


class NumberInput(Component[N]):
    """A number between `min` and `max`, including both.

    The value is an int by default.
    It is a float if you set `decimals`, the number of digits after the point.
    It is also a float if you set `currency`, an ISO 4217 code, which sets the digits.
    The same is true if `default_value` is a float.
    If `min`, `max`, or `default_value` is a Decimal, the value is a Decimal.
    `prepend` is text in front of the number.

    Raises ValueError for an unknown currency, or if no number is allowed.
    """

    name = "input.number"
    props_type = NumberProps

    @overload
    def __init__(
        self: "NumberInput[int]",
        label: str,
        *,
        default_value: int | None = None,
        min: float | None = None,
        max: float | None = None,
        decimals: None = None,
        currency: None = None,
        **options: Unpack[NumberOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: "NumberInput[Decimal]",
        label: str,
        *,
        default_value: Decimal,
        min: float | Decimal | None = None,
        max: float | Decimal | None = None,
        **options: Unpack[RoundedOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: "NumberInput[Decimal]",
        label: str,
        *,
        default_value: float | Decimal | None = None,
        min: Decimal,
        max: float | Decimal | None = None,
        **options: Unpack[RoundedOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: "NumberInput[Decimal]",
        label: str,
        *,
        default_value: float | Decimal | None = None,
        min: float | Decimal | None = None,
        max: Decimal,
        **options: Unpack[RoundedOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: "NumberInput[float]",
        label: str,
        *,
        default_value: float | None = None,
        min: float | None = None,
        max: float | None = None,
        **options: Unpack[RoundedOptions],
    ) -> None: ...

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: Any = None,
        disabled: bool = False,
        min: float | Decimal | None = None,
        max: float | Decimal | None = None,
        prepend: str | None = None,
        decimals: int | None = None,
        currency: str | None = None,
    ) -> None:
        call = f"io.input.number({label!r})"
        if currency is not None and not is_currency(currency):
            raise ValueError(f"{call}: unknown currency {currency!r}")
        if currency is not None and decimals is None:
            decimals = get_currency_precision(currency)
        exact = any(isinstance(value, Decimal) for value in (min, max, default_value))
        whole = not decimals if decimals is not None else not (exact or isinstance(default_value, float))
        props = NumberProps(
            placeholder=placeholder,
            min=None if min is None else Decimal(str(min)),
            max=None if max is None else Decimal(str(max)),
            prepend=prepend,
            whole=whole,
            decimals=decimals,
            currency=currency,
        )
        if props.min is not None and props.max is not None and props.min > props.max:
            raise ValueError(f"{call}: min {min} is greater than max {max}")
        self.value_type: type[Any] = Decimal if exact else int if whole else float
        self.decimals = decimals
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    @classmethod
    def of(cls, value_type: type[Any], label: str, props: NumberProps) -> "NumberInput[Any]":
        """The field for a parameter or model field of type int, float or Decimal."""
        field: NumberInput[Any] = NumberInput(label)
        field.props = props
        field.value_type = value_type
        field.decimals = props.decimals
        return field

    def dump(self, value: Any) -> Json:
        """The number without loss: an int, or a string of its digits."""
        if isinstance(value, int):
            return value
        number = Decimal(str(value))
        places = max(-_exponent(number), self.decimals or 0)
        return f"{number:.{places}f}"

    def resolve(self, answer: Json) -> Any:
        """The number in the type that the field was declared with."""
        return self.value_type(answer)
