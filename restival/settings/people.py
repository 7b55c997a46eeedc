"""Who works here, and what their roles may do."""

from email_validator import EmailNotValidError, validate_email
from pydantic import AwareDatetime, Field, field_validator

from restival.access.rights import Right
from restival.settings.base import Section

Rights = dict[str, list[Right]]
"""Rights by pattern: the address of an action, a page or a folder, in which * stands for any name."""


class Individual(Section):
    """A person who may sign in."""

    mail: str = Field(description="the email for signing in, or the one that the provider or proxy sends")
    name: str = Field(min_length=1, max_length=80)
    roles: list[str] = Field([], description="names from `roles`, or of actions' own roles")
    password: str | None = Field(
        None, pattern=r"^\$argon2id\$", description="the hash that `restival user` writes, never the password"
    )
    second_factor_reset: AwareDatetime | None = Field(
        None, description="ignore second factors added before this time; `restival user forget-second-factor` writes it"
    )

    @field_validator("mail")
    @classmethod
    def _normal(cls, value: str) -> str:
        try:
            return validate_email(value, check_deliverability=False, test_environment=True).normalized.lower()
        except EmailNotValidError as error:
            raise ValueError(str(error)) from None
