"""Yes or no."""

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props


class BooleanProps(Props):
    """Nothing of its own."""

    def check(self, answer: Json) -> bool:
        """True or False, nothing that only looks like it."""
        if not isinstance(answer, bool):
            raise InvalidAnswer(t("Answer yes or no."))
        return answer


class BooleanInput(Component[bool]):
    """A switch. It is off unless you set a default."""

    name = "input.boolean"
    props_type = BooleanProps

    def __init__(
        self, label: str, *, help_text: str | None = None, default_value: bool = False, disabled: bool = False
    ) -> None:
        super().__init__(label, BooleanProps(), help_text=help_text, default_value=default_value, disabled=disabled)
