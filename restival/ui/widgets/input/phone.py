"""A phone number."""

from typing import Any

from restival.io.core.call import FieldSpec, Json
from restival.io.input.phone import PhoneProps, national_or_international
from restival.ui.elements.text_field import TextFieldOptions
from restival.ui.widgets.input.text import TextWidget, sentences, written


class PhoneWidget(TextWidget):
    """An input for a number, which is checked and written in groups of digits when the user leaves it."""

    component = "input.phone"
    kind = "tel"

    def _know(self) -> None:
        self._phone = PhoneProps.model_validate(self.spec.props)

    def _text(self) -> str:
        return self._phone.international(written(self.spec.value))

    @property
    def checks(self) -> bool:
        """Whether the number is checked when the user leaves the field."""
        return not self.spec.disabled

    def look(self) -> TextFieldOptions:
        """The line, with the country for numbers without a code below it."""
        country = "" if self.spec.disabled else self._phone.hint()
        return {**super().look(), "hint": sentences(self.spec.help_text, country) or None}

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        return {**super().attributes(), "autocomplete": "tel", "inputmode": "tel"}

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The number as its reader would dial it."""
        return national_or_international(str(answer))

    def _check(self) -> None:
        super()._check()
        if self.line.value and not self.line.error:
            self.line.set_value(self._phone.international(self.line.value))
