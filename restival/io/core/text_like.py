"""What inputs of text share."""

from restival.i18n import t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component


def check_length(answer: Json, shortest: int | None, longest: int | None) -> str:
    """Returns the answer if it is text of an allowed length. Raises InvalidAnswer."""
    if not isinstance(answer, str):
        raise InvalidAnswer(t("Enter text."))
    if shortest is not None and len(answer) < shortest:
        raise InvalidAnswer(tn("Enter at least {count} character.", "Enter at least {count} characters.", shortest))
    if longest is not None and len(answer) > longest:
        raise InvalidAnswer(tn("Enter at most {count} character.", "Enter at most {count} characters.", longest))
    return answer


class TextLike(Component[str]):
    """An input of text that has no options of its own."""

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
    ) -> None:
        props = self.props_type.model_validate({"placeholder": placeholder})
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
