"""A phone number."""

from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global

from restival.i18n import current_locale, t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


class PhoneProps(Props):
    """The country of numbers without a country code; if none is given, the reader's."""

    country: str | None = None

    def check(self, answer: Json) -> str:
        """A number that is valid in its country, in E.164 format."""
        number = _parsed(answer, self.default_country) if isinstance(answer, str) else None
        if number is None:
            raise InvalidAnswer(t("Enter a valid phone number, such as {example}.", example=self._example()))
        if number.extension:  # E.164 has none, and it would be lost
            raise InvalidAnswer(t("Enter the phone number without its extension."))
        return _written(number, "E164")

    @property
    def default_country(self) -> str | None:
        """The ISO code of the country, or None if the reader's locale has none."""
        return self.country or _country_of_reader()

    def international(self, number: str) -> str:
        """The number with its country code, in groups of digits. Text that isn't a number stays as it is."""
        found = _parsed(number, self.default_country)
        return number if found is None else _written(found, "INTERNATIONAL")

    def hint(self) -> str:
        """The country code of numbers without one, and its country in the reader's language."""
        country = self.default_country
        code = _code_of(country)
        name = Locale.parse(current_locale().locale).territories.get(country or "")
        return t("Without a country code, +{code} ({country}) is used.", code=str(code), country=name) if code else ""

    def _example(self) -> str:
        country = self.default_country
        return _example_of(country if country and _code_of(country) else "US")


class PhoneInput(Component[str]):
    """A phone number that is valid in its country. The value is text in E.164 format, such as `+4915112345678`.

    `country` is the two-letter code of the country for numbers without a country code.
    By default, it is the country of the user's locale. Users can enter numbers of other countries with their code.
    """

    name = "input.phone"
    props_type = PhoneProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
        country: str | None = None,
    ) -> None:
        if country is not None and not _code_of(country):
            raise ValueError(f"io.input.phone({label!r}): country {country!r} isn't a country code such as 'DE'")
        self._country = country
        props = PhoneProps(country=country)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: str) -> str:
        """The number in E.164 format if it is valid, else as it is for the user to correct."""
        number = _parsed(value, self._country)
        return value if number is None else _written(number, "E164")


def national_or_international(number: str) -> str:
    """A number in E.164 format as its reader would dial it: without the country code in the reader's own country."""
    found = _parsed(number, None)
    if found is None:
        return number
    own = _code_of(_country_of_reader()) == found.country_code
    return _written(found, "NATIONAL" if own else "INTERNATIONAL")


def _parsed(text: str, country: str | None) -> "PhoneNumber | None":
    """The number in the text, if it is a valid one."""
    from phonenumbers import NumberParseException, is_valid_number, parse  # its import takes time

    try:
        number = parse(text, country)
    except NumberParseException:
        return None
    return number if is_valid_number(number) else None


def _written(number: "PhoneNumber", form: str) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, getattr(PhoneNumberFormat, form))


def _example_of(country: str) -> str:
    from phonenumbers import example_number

    number = example_number(country)
    assert number is not None  # all countries with a code have one
    return _written(number, "INTERNATIONAL")


def _code_of(country: str | None) -> int:
    """The country code, or 0 if there is no such country."""
    from phonenumbers import country_code_for_region

    return country_code_for_region(country) if country else 0


def _country_of_reader() -> str | None:
    """The country in the reader's locale, or else where most people with that language live, as in CLDR."""
    locale = current_locale().locale
    likely = str(get_global("likely_subtags").get(locale, locale))
    return Locale.parse(locale).territory or Locale.parse(likely).territory
