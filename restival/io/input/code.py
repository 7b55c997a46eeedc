"""Source text."""

from restival.i18n import t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props


class CodeProps(Props):
    """Lengths are counted in characters."""

    placeholder: str | None = None
    language: str | None = None
    lines: int = 8
    max_length: int | None = None

    def check(self, answer: Json) -> str:
        """Text of an allowed length, with every blank."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Please enter text."))
        if self.max_length is not None and len(answer) > self.max_length:
            raise InvalidAnswer(
                tn(
                    "Please enter at most {count} character.",
                    "Please enter at most {count} characters.",
                    self.max_length,
                )
            )
        return answer


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
