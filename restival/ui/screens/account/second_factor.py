"""A person's own second factor: adding, replacing and removing the codes of an authenticator app."""

from collections.abc import Callable

from nicegui import ui

from restival.auth.refusals import SignInRefused, WrongCode, WrongPassword
from restival.i18n import t
from restival.io.core.call import Choice, InvalidAnswer, Json
from restival.io.core.registry import check_answers
from restival.io.input.password import PasswordInput
from restival.io.input.text import TextInput
from restival.ui.elements.button import Button
from restival.ui.elements.text import text
from restival.ui.forms.form import Form
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

PASSWORD, CODE = "password", "code"


class SecondFactorPart:
    """The state, and what can be done about it; each step asks for the password, and ends the other sessions."""

    def __init__(self, services: Services, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._factors = services.auth.factors
        self._own = services.auth.own
        text("h2", t("Second factor"), "r-h2")
        self._place = ui.element("div").classes("r-stack")
        self._draw()

    def _draw(self) -> None:
        mail = current_person().email
        self._place.clear()
        with self._place:
            if self._factors.of(mail) is None:
                about = t("Protect your account with codes from an authenticator app, in addition to your password.")
                text("p", about, "r-hint")
                Button(t("Add an authenticator app"), self._add)
                return
            text("p", t("Each sign-in asks for a code from your authenticator app."))
            Button(t("Replace the authenticator app"), self._add)
            if not self._factors.needed(mail):
                self._draw_removal()

    def _draw_removal(self) -> None:
        field = PasswordInput(t("Your password")).spec(PASSWORD)

        async def drop(given: dict[str, Json], _: str) -> None:
            values = check_answers([field], given)
            try:
                await self._own.drop_second_factor(current_person(), str(values[PASSWORD]))
            except SignInRefused as refused:
                raise _at_field(refused) from None
            self._draw()
            self._on_change()

        choice = Choice(label=t("Remove the authenticator app"), value="remove", theme="danger")
        Form([field], on_submit=drop, choices=[choice], label=t("Second factor"))

    def _add(self) -> None:
        kept = self._factors.new()

        fields = [
            TextInput(t("Code"), help_text=t("The current six-digit code from the app.")).spec(CODE),
            PasswordInput(t("Your password")).spec(PASSWORD),
        ]

        async def take(given: dict[str, Json], _: str) -> None:
            values = check_answers(fields, given)
            try:
                await self._own.take_second_factor(current_person(), kept, str(values[PASSWORD]), str(values[CODE]))
            except SignInRefused as refused:
                raise _at_field(refused) from None
            self._draw()
            self._on_change()

        self._place.clear()
        with self._place:
            text("p", t("Scan the QR code with your authenticator app, or enter the key."))
            picture = ui.html(self._factors.picture(kept, current_person().email), sanitize=False)
            picture.classes("r-qr").props("role=img")
            picture.props["aria-label"] = t("QR code")
            text("code", self._factors.in_clear(kept), "r-value")
            choice = Choice(label=t("Use this authenticator app"), value="add")
            Form(fields, on_submit=take, choices=[choice], label=t("Second factor")).focus()


def _at_field(refused: SignInRefused) -> InvalidAnswer:
    if isinstance(refused, WrongPassword):
        return InvalidAnswer({PASSWORD: t("Incorrect password.")})
    return InvalidAnswer({CODE if isinstance(refused, WrongCode) else PASSWORD: str(refused)})
