"""A question that only the person themselves can answer with yes: they show again who they are."""

from datetime import timedelta
from typing import ClassVar

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json, Kind
from restival.io.core.component import Component, Props

GRACE = timedelta(minutes=5)


class ConfirmIdentityProps(Props):
    """`grace_period` is how long ago the person may have shown last who they are."""

    grace_period: timedelta = GRACE

    def check(self, answer: Json) -> Json:
        """No, or what the app has to check before it may become a yes: a password, or nothing within the grace
        period."""
        if answer is False:
            return False
        if isinstance(answer, dict) and set(answer) <= {"password"} and isinstance(answer.get("password", ""), str):
            return answer
        raise InvalidAnswer(t("Confirm with your password."))


def grace_of(spec: FieldSpec) -> timedelta:
    """How long ago the person may have shown last who they are."""
    return ConfirmIdentityProps.model_validate(spec.props).grace_period


class ConfirmIdentity(Component[bool]):
    """A dialog that asks users for their password again.

    It doesn't ask for the password if the user entered it within the grace period.
    The grace period is 5 minutes, or `grace_period` (seconds or a timedelta).
    Escape answers no.
    The call is used alone, never in a group.

    Only the app sees the password: the action doesn't get it, and Restate doesn't store it.
    With an OpenID provider, users sign in there again and return to the question.
    Without sign-in, or behind a proxy that signs users in, the dialog only asks for a yes.
    """

    name = "confirm_identity"
    props_type = ConfirmIdentityProps
    kind: ClassVar[Kind] = "identity"

    def __init__(
        self, label: str, grace_period: float | timedelta | None = None, *, help_text: str | None = None
    ) -> None:
        grace_period = GRACE if grace_period is None else grace_period
        grace = grace_period if isinstance(grace_period, timedelta) else timedelta(seconds=grace_period)
        super().__init__(label, ConfirmIdentityProps(grace_period=grace), help_text=help_text)

    def kept(self, answer: Json) -> Json:
        """The yes or no, never what was to show it."""
        return answer if isinstance(answer, bool) else None

    def resolve(self, answer: Json) -> bool:
        """Whether the app has found it confirmed. Raises InvalidAnswer for what the app hasn't checked."""
        if not isinstance(answer, bool):
            raise InvalidAnswer(t("Confirm in the app. The app has to verify your identity."))
        return answer
