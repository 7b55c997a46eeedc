"""A secret."""

from typing import ClassVar

from pydantic import SecretStr

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props
from restival.io.core.text_like import check_length

HIDDEN = "••••••••"


class PasswordProps(Props):
    """Lengths are counted in characters."""

    placeholder: str | None = None
    min_length: int | None = None
    max_length: int = 1_000

    def check(self, answer: Json) -> str:
        """Text of an allowed length."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Enter a password."))
        return check_length(answer, self.min_length, self.max_length)


class PasswordInput(Component[SecretStr]):
    """A password or another secret.

    It is encrypted before it leaves the app, and stays encrypted.
    It never appears in the transcript, logs, or drafts.

    The value is pydantic's `SecretStr`, which prints as asterisks.
    Call `.get_secret_value()` to get the text.
    A secret has no default and can't be read-only, because the page would have to contain it.
    """

    name = "input.password"
    props_type = PasswordProps
    secret: ClassVar[bool] = True

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        min_length: int | None = None,
        max_length: int = 1_000,
    ) -> None:
        props = PasswordProps(placeholder=placeholder, min_length=min_length, max_length=max_length)
        super().__init__(label, props, help_text=help_text)

    def kept(self, answer: Json) -> Json:
        """That there was something."""
        return None if answer is None else HIDDEN

    def resolve(self, answer: Json) -> SecretStr:
        """The secret."""
        return SecretStr(answer)
