"""A line or a paragraph of text."""

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component, Props


class TextProps(Props):
    """Lengths are counted in characters."""

    placeholder: str | None = None
    multiline: bool = False
    lines: int | None = None
    min_length: int | None = None
    max_length: int | None = None

    def check(self, answer: Json) -> str:
        """Text of an allowed length."""
        if not isinstance(answer, str):
            raise InvalidAnswer("Please enter text.")
        if self.min_length is not None and len(answer) < self.min_length:
            raise InvalidAnswer(f"Please enter at least {self.min_length} characters.")
        if self.max_length is not None and len(answer) > self.max_length:
            raise InvalidAnswer(f"Please enter at most {self.max_length} characters.")
        return answer


class TextInput(Component[str]):
    """Text, on one line or several."""

    name = "input.text"
    props_type = TextProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
        multiline: bool = False,
        lines: int | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
    ) -> None:
        props = TextProps(
            placeholder=placeholder, multiline=multiline, lines=lines, min_length=min_length, max_length=max_length
        )
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
