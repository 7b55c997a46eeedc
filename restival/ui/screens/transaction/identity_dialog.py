"""The dialog of `io.confirm_identity`."""

import json
from collections.abc import Callable
from urllib.parse import quote

from nicegui import ui

from restival.auth.modes.base import Proof
from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, Json
from restival.ui.assignment.bar import HandsBar
from restival.ui.elements.focus import put_focus
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.screens.transaction.confirm_dialog import Answer, ConfirmDialog


class IdentityDialog(ConfirmDialog):
    """A question whose yes needs the person to show who they are: by their password, or by signing in again, after
    which the page is back at the question.

    `proof` tells what they have to do; `question` is what the sign-in is for.
    """

    def __init__(
        self,
        field: FieldSpec,
        errors: Errors,
        answer: Answer,
        *,
        hands: Callable[[], HandsBar],
        hand_on: Callable[[], None] | None,
        proof: Callable[[], Proof],
        question: str,
    ) -> None:
        super().__init__(field, errors, answer, hands=hands, hand_on=hand_on)
        self._needs = proof
        self._question = question
        self._password: TextField | None = None
        self._proof = proof()
        self._ask()

    async def _give(self, value: bool) -> None:
        if value and self._proof == "sign in":
            target = json.dumps(f"/sign-in/again?question={quote(self._question, safe='')}")
            ui.run_javascript(f"location.assign({target})")
            return
        await super()._give(value)

    def _given(self, value: bool) -> Json:
        """The app checks what shows who the person is before it makes a yes of it."""
        if not value:
            return False
        return {"password": self._password.value} if self._password else {}

    def _refused(self, message: str) -> None:
        if self._dialog.is_deleted:
            return
        if self._proof == "yes":  # it was enough when the question came
            self._proof = self._needs()
            self._ask()
        if self._password:
            self._password.error = message
        else:
            super()._refused(message)

    def _ask(self) -> None:
        if self._proof == "password":
            attributes = {"type": "password", "autocomplete": "current-password"}
            with self._place:
                self._password = TextField(t("Your password"), on_change=lambda: None, attributes=attributes)
                self._password.on("keydown.enter", lambda: self._give(True))
            self._yes.props["autofocus"] = False
            put_focus(self._password)
        elif self._proof == "sign in":
            with self._place:
                text("p", t("You sign in again and return to this question."), "r-hint")
            self._yes.set_label(t("Sign in again"))
