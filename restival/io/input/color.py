"""A colour."""

import re

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

HEX = re.compile(r"#[0-9a-fA-F]{6}")


class ColorProps(Props):
    """A colour has nothing to set."""

    def check(self, answer: Json) -> str:
        """A colour as CSS writes it with six digits, in small letters."""
        if not isinstance(answer, str) or not HEX.fullmatch(answer.strip()):
            raise InvalidAnswer(t("Enter a color as #rrggbb, as in #4f46e5."))
        return answer.strip().lower()


class ColorInput(Component[str]):
    """A color, picked or typed. The value is `#rrggbb` in lowercase."""

    name = "input.color"
    props_type = ColorProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(label, ColorProps(), help_text=help_text, default_value=default_value, disabled=disabled)
