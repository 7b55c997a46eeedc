"""A number, whole or with decimals."""

from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, overload

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component, Props

N = TypeVar("N", int, float, Decimal)


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
        number = self._number(answer)
        if (self.min is not None and number < self.min) or (self.max is not None and number > self.max):
            raise InvalidAnswer(self._range_message())
        if self.whole:
            if number != number.to_integral_value():
                raise InvalidAnswer("Please enter a whole number.")
            return int(number)
        if self.decimals is not None and -_exponent(number) > self.decimals:
            raise InvalidAnswer(f"Please enter at most {self.decimals} decimals.")
        return format(number, "f")

    def _number(self, answer: Json) -> Decimal:
        if isinstance(answer, bool) or not isinstance(answer, (int, float, str)):
            raise InvalidAnswer("Please enter a number.")
        try:
            number = Decimal(str(answer).strip())
        except InvalidOperation:
            raise InvalidAnswer("Please enter a number.") from None
        if not number.is_finite() or abs(number.adjusted()) > 300:
            raise InvalidAnswer("Please enter a number.")
        return number

    def _range_message(self) -> str:
        if self.max is None:
            return f"Please enter a number greater than or equal to {self.min}."
        if self.min is None:
            return f"Please enter a number less than or equal to {self.max}."
        return f"Please enter a number between {self.min} and {self.max}."


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


class NumberInput(Component[N]):
    """A number: an int, or a float where `decimals` or `currency` is given."""

    name = "input.number"
    props_type = NumberProps

    @overload
    def __init__(
        self: "NumberInput[int]",
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: int | None = None,
        disabled: bool = False,
        min: float | Decimal | None = None,
        max: float | Decimal | None = None,
        prepend: str | None = None,
        decimals: None = None,
        currency: None = None,
    ) -> None: ...

    @overload
    def __init__(
        self: "NumberInput[float]",
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: float | None = None,
        disabled: bool = False,
        min: float | Decimal | None = None,
        max: float | Decimal | None = None,
        prepend: str | None = None,
        decimals: int | None = None,
        currency: str | None = None,
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
        if currency is not None and decimals is None:
            decimals = 2
        props = NumberProps(
            placeholder=placeholder,
            min=None if min is None else Decimal(str(min)),
            max=None if max is None else Decimal(str(max)),
            prepend=prepend,
            whole=not decimals,
            decimals=decimals,
            currency=currency,
        )
        self.value_type: type[Any] = float if decimals else int
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
