"""A mail address."""

from email_validator import EmailNotValidError, validate_email

from restival.i18n import current_locale, t
from restival.i18n.locale import ENGLISH
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Props
from restival.io.core.text_like import TextLike


class EmailProps(Props):
    """What the address field shows while it is empty."""

    placeholder: str | None = None

    def check(self, answer: Json) -> str:
        """An address that could exist; whether its domain does isn't asked."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Enter an email address."))
        try:
            return validate_email(answer.strip(), check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise InvalidAnswer(_told(error)) from None


def _told(error: EmailNotValidError) -> str:
    """The reasons are English only."""
    told = t("Enter a valid email address.")
    return f"{told} {error}" if current_locale().language == ENGLISH else told


class EmailInput(TextLike):
    """An email address. Restival checks its format."""

    name = "input.email"
    props_type = EmailProps
