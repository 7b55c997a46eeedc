"""What a model refuses, as the person reads it."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, get_args

import pytest
from annotated_types import Ge, Gt, Le, Lt
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    FutureDate,
    PastDate,
    PastDatetime,
    TypeAdapter,
    ValidationError,
)
from pydantic_core.core_schema import ErrorType

from restival.i18n import UserLocale, override_locale
from restival.io.core.pydantic_errors import WORDS, refusal

DAY, TIME = dt.date(2026, 3, 1), dt.time(9, 30)
MOMENT = dt.datetime(2026, 3, 1, 9, 30)


def _odd(number: int) -> int:
    if number % 2 == 0:
        raise ValueError("even numbers don't do")
    return number


REFUSED: list[tuple[Any, Any, str, str]] = [
    (Annotated[dt.date, Gt(DAY)], DAY, "Enter a date after Mar 1, 2026.", "nach dem 01.03.2026"),
    (Annotated[dt.date, Ge(DAY)], dt.date(2026, 2, 1), "Enter a date on or after Mar 1, 2026.", "ab dem"),
    (Annotated[dt.date, Lt(DAY)], DAY, "Enter a date before Mar 1, 2026.", "vor dem 01.03.2026"),
    (Annotated[dt.date, Le(DAY)], dt.date(2026, 4, 1), "Enter a date on or before Mar 1, 2026.", "bis zum"),
    (Annotated[dt.time, Gt(TIME)], TIME, "Enter a time after 9:30 AM.", "nach 09:30"),
    (Annotated[dt.time, Le(TIME)], dt.time(10), "Enter a time at or before 9:30 AM.", "bis 09:30"),
    (Annotated[dt.datetime, Lt(MOMENT)], MOMENT, "Enter a time before Mar 1, 2026, 9:30 AM.", "vor 01.03.2026"),
    (Annotated[Decimal, Gt(Decimal("1.5"))], Decimal(1), "Enter a number greater than 1.5.", "über 1,5"),
    (Annotated[Decimal, Field(max_digits=3)], "12345", "Enter a number with at most 3 digits.", "3 Ziffern"),
    (Annotated[Decimal, Field(decimal_places=1)], "1.25", "Enter at most 1 decimal place.", "1 Nachkommastelle"),
    (
        Annotated[Decimal, Field(max_digits=4, decimal_places=2)],
        "123.4",
        "Enter at most 2 digits before the decimal point.",
        "2 Ziffern vor",
    ),
    (PastDate, dt.date(9000, 1, 1), "Enter a date in the past.", "Vergangenheit"),
    (FutureDate, dt.date(1900, 1, 1), "Enter a date in the future.", "Zukunft"),
    (PastDatetime, dt.datetime(9000, 1, 1), "Enter a time in the past.", "Vergangenheit"),
    (dt.date, "soon", "Enter a date as YYYY-MM-DD.", "JJJJ-MM-TT"),
    (dt.time, "soon", "Enter a time as HH:MM.", "HH:MM"),
    (dt.datetime, "soon", "Enter a date and a time as YYYY-MM-DD HH:MM.", "Datum und Zeit als"),
    (Annotated[int, AfterValidator(_odd)], 2, "Even numbers don't do.", "Even numbers don't do."),
    (AwareDatetime, MOMENT, "Invalid value: Input should have timezone info.", "Ungültiger Wert"),
]


@pytest.mark.parametrize(("type_", "value", "english", "german"), REFUSED)
def test_what_a_model_refuses_is_told_in_the_readers_language(
    type_: Any, value: Any, english: str, german: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(type_).validate_python(value)
    [error] = refused.value.errors()
    with override_locale(UserLocale("en", "en_US")):
        assert refusal(error) == english
    with override_locale(UserLocale("de", "de_DE")):
        assert german in refusal(error)


def test_the_kinds_that_have_words_are_pydantics() -> None:
    assert set(get_args(ErrorType)) > set(WORDS)
