"""Why somebody can't sign in."""

from datetime import UTC, datetime

from restival.errors import RestivalError
from restival.i18n import t, tn


class SignInRefused(RestivalError):
    """Somebody can't sign in; the message doesn't show whether there is such a person."""


class WrongPassword(SignInRefused):
    """Incorrect email, password, or code."""

    def __init__(self) -> None:
        super().__init__(t("Incorrect email, password, or code."))


class WrongCode(SignInRefused):
    """It isn't the code that the person's app shows, or it was used already."""

    def __init__(self) -> None:
        super().__init__(
            t("The code is incorrect or already used. Enter the current code from your authenticator app.")
        )


class SecondFactorNeeded(SignInRefused):
    """The person's role can't do without a second factor."""

    def __init__(self) -> None:
        super().__init__(t("Your role requires an authenticator app."))


class TooBusy(SignInRefused):
    """Too many attempts are under way, or come from one address: try again in so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        told = tn("Try again in {count} second.", "Try again in {count} seconds.", self.seconds)
        super().__init__(f"{t('Too many attempts at once.')} {told}")


class Locked(SignInRefused):
    """Too many failures in a row."""

    def __init__(self, until: datetime) -> None:
        minutes = max(1, round((until - datetime.now(UTC)).total_seconds() / 60))
        self.until = until
        told = tn("Try again in {count} minute.", "Try again in {count} minutes.", minutes)
        super().__init__(f"{t('Too many failed attempts.')} {told}")


class BadPassword(RestivalError):
    """A new password that isn't taken."""
