"""A line or a paragraph of text."""

from restival.i18n import t, tn
from restival.io.core.call import Json
from restival.io.core.component import Component, Props
from restival.io.core.text_like import check_length


class TextProps(Props):
    """Lengths are counted in characters."""

    placeholder: str | None = None
    multiline: bool = False
    lines: int | None = None
    min_length: int | None = None
    max_length: int | None = None

    def check(self, answer: Json) -> str:
        """Text of an allowed length."""
        return check_length(answer, self.min_length, self.max_length)

    @property
    def is_exact(self) -> bool:
        """Whether only one length is allowed."""
        return self.max_length is not None and self.min_length == self.max_length

    def limits(self) -> str:
        """The lengths that are allowed, in words; a longest one beside a shorter one is left to a counter."""
        shortest = self.min_length or 0
        if self.is_exact:
            return tn("Exactly {count} character.", "Exactly {count} characters.", shortest)
        return t("At least {count} characters.", count=shortest) if shortest > 1 else ""


class TextInput(Component[str]):
    """Text in one line, or in several lines with `multiline`. A multiline field starts with `lines` lines, and grows.

    Lengths are in characters, and the field shows its limits.
    Raises ValueError if no length is allowed.
    """

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
        if min_length is not None and max_length is not None and min_length > max_length:
            raise ValueError(
                f"io.input.text({label!r}): min_length {min_length} is greater than max_length {max_length}"
            )
        props = TextProps(
            placeholder=placeholder, multiline=multiline, lines=lines, min_length=min_length, max_length=max_length
        )
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
