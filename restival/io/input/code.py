"""Source text."""

from restival.io.core.call import Json
from restival.io.core.component import Component, Props
from restival.io.core.text_like import check_length


class CodeProps(Props):
    """Lengths are counted in characters."""

    placeholder: str | None = None
    language: str | None = None
    lines: int = 8
    max_length: int | None = None

    def check(self, answer: Json) -> str:
        """Text of an allowed length, with every blank."""
        return check_length(answer, None, self.max_length)


class CodeInput(Component[str]):
    """Source code in a monospace field. The value is exactly what the user typed.

    `language` appears next to the label.
    """

    name = "input.code"
    props_type = CodeProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
        language: str | None = None,
        lines: int = 8,
        max_length: int | None = None,
    ) -> None:
        props = CodeProps(placeholder=placeholder, language=language, lines=lines, max_length=max_length)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
