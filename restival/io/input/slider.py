"""A number on a scale."""

from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, overload

from restival.i18n import in_digits, t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

N = TypeVar("N", int, float)


class SliderProps(Props):
    """The ends of the scale, both allowed, and the distance between two values of it."""

    min: Decimal
    max: Decimal
    step: Decimal

    @property
    def whole(self) -> bool:
        """Whether all values are whole numbers."""
        return all(number == number.to_integral_value() for number in (self.min, self.step))

    def check(self, answer: Json) -> Json:
        """A value of the scale: an int where all are whole, else a float."""
        if isinstance(answer, bool) or not isinstance(answer, (int, float, str)):
            raise InvalidAnswer(t("Enter a number."))
        try:
            number = Decimal(str(answer).strip())
        except InvalidOperation:
            raise InvalidAnswer(t("Enter a number.")) from None
        if not number.is_finite() or not self.min <= number <= self.max:
            raise InvalidAnswer(
                t(
                    "Enter a number between {least} and {most}.",
                    least=in_digits(self.min),
                    most=in_digits(self.max),
                )
            )
        if (number - self.min) % self.step:
            raise InvalidAnswer(self._steps())
        return int(number) if self.whole else float(number)

    def _steps(self) -> str:
        step, least = in_digits(self.step), in_digits(self.min)
        return t("Enter a number in steps of {step}, starting at {least}.", step=step, least=least)


class SliderInput(Component[N]):
    """A number between `min` and `max`, including both, dragged or typed.

    The steps start at `min` and are `step` apart, 1 by default.
    The value is an int if all three are whole numbers, and a float otherwise.

    Raises ValueError for an empty range.
    """

    name = "input.slider"
    props_type = SliderProps

    @overload
    def __init__(
        self: "SliderInput[int]",
        label: str,
        *,
        min: int,
        max: int,
        step: int | None = None,
        help_text: str | None = None,
        default_value: int | None = None,
        disabled: bool = False,
    ) -> None: ...

    @overload
    def __init__(
        self: "SliderInput[float]",
        label: str,
        *,
        min: float,
        max: float,
        step: float | None = None,
        help_text: str | None = None,
        default_value: float | None = None,
        disabled: bool = False,
    ) -> None: ...

    def __init__(
        self,
        label: str,
        *,
        min: float,
        max: float,
        step: float | None = None,
        help_text: str | None = None,
        default_value: Any = None,
        disabled: bool = False,
    ) -> None:
        step = 1 if step is None else step
        if min >= max or step <= 0:
            raise ValueError(f"io.input.slider({label!r}): min must be less than max, and step greater than 0")
        props = SliderProps(min=Decimal(str(min)), max=Decimal(str(max)), step=Decimal(str(step)))
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
