"""The dialog of `io.confirm` and `io.confirm_identity`."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.errors import RestivalError
from restival.io.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.ui.button import Button
from restival.ui.focus import put_focus
from restival.ui.text import text
from restival.ui.widgets.line import Line
from restival.words import t

Answer = Callable[[dict[str, Json]], Awaitable[None]]


class ConfirmDialog:
    """A question with Yes and No; Enter is yes, Escape is no.

    It has no draft: it stands until it is answered, and comes back with the page.
    """

    def __init__(
        self, field: FieldSpec, errors: Errors, answer: Answer, *, identity: bool = False, password: bool = False
    ) -> None:
        self._key = field.key
        self._identity = identity
        self._password: Line | None = None
        self._answer = answer
        self._answering = False
        with ui.dialog(value=True).props("persistent no-esc-dismiss no-shake role=alertdialog") as self._dialog:
            self._dialog.props["aria-label"] = field.label
            with ui.element("div").classes("r-card r-dialog") as card:
                text("h2", field.label, "r-h2")
                if field.help_text:
                    text("p", field.help_text, "r-hint")
                self._message = text("div", " ".join(errors.values()), "r-error").props('role="alert"')
                self._place = ui.element("div")
                with ui.element("div").classes("r-buttons"):
                    no = Button(t("No"), lambda: self._give(False), look="quiet")
                    yes = Button(t("Yes"), lambda: self._give(True), look="primary").props("autofocus")
            card.on("keydown.esc", lambda: self._give(False))
        self._buttons = {False: no, True: yes}
        if password:
            self._ask_password()

    def tell(self, message: str) -> None:
        """Say in the dialog why it takes so long, as it hides the page."""
        self._message.set_text(message)

    async def _give(self, value: bool) -> None:
        if self._answering:
            return
        self._answering = True
        button = self._buttons[value]
        button.set_busy(True)
        try:
            await self._answer({self._key: self._proof() if value and self._identity else value})
        except (RestivalError, InvalidAnswer) as error:
            self._refused(str(error))
        finally:
            self._answering = False
            button.set_busy(False)

    def _proof(self) -> Json:
        """What shows who the person is: the app checks it before it makes a yes of it."""
        return {"password": self._password.value} if self._password else {}

    def _refused(self, message: str) -> None:
        if self._identity and self._password is None and not self._dialog.is_deleted:
            self._ask_password()
        if self._password:
            self._password.error = message
        else:
            self._message.set_text(message)

    def _ask_password(self) -> None:
        attributes = {"type": "password", "autocomplete": "current-password"}
        with self._place:
            self._password = Line(t("Your password"), on_change=lambda: None, attributes=attributes)
            self._password.on("keydown.enter", lambda: self._give(True))
        self._buttons[True].props["autofocus"] = False
        put_focus(self._password)
