"""The dialog of `io.confirm`."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.ui.assignment.bar import HandsBar
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.text import text

Answer = Callable[[dict[str, Json]], Awaitable[None]]


class ConfirmDialog:
    """A question with Yes and No; Enter is yes, Escape is no.

    It has no draft: it stands until it is answered, and comes back with the page. As it hides that, it says itself in
    whose hands it is, as `hands` draws it, and `hand_on` lets it be handed on; None where that can't be done.
    """

    def __init__(
        self,
        field: FieldSpec,
        errors: Errors,
        answer: Answer,
        *,
        hands: Callable[[], HandsBar],
        hand_on: Callable[[], None] | None,
    ) -> None:
        self._key = field.key
        self._answer = answer
        with ui.dialog(value=True).props("persistent no-esc-dismiss no-shake role=alertdialog") as self._dialog:
            self._dialog.props["aria-label"] = field.label
            with ui.element("div").classes("r-card r-dialog") as card:
                text("h2", field.label, "r-h2")
                if field.help_text:
                    text("p", field.help_text, "r-hint")
                self.hands = hands()
                self._message = text("div", " ".join(errors.values()), "r-error").props('role="alert"')
                self._place = ui.element("div")
                with ui.element("div").classes("r-buttons"):
                    if hand_on is not None:
                        Button(t("Reassign…"), hand_on, look="quiet")
                        ui.element("div").classes("r-grow")
                    no = Button(t("No"), lambda: self._give(False), look="quiet")
                    self._yes = Button(t("Yes"), lambda: self._give(True), look="primary").props("autofocus")
            card.on("keydown.esc", lambda: self._give(False))
        self._buttons = {False: no, True: self._yes}

    def tell(self, message: str) -> None:
        """Say in the dialog why it takes so long, as it hides the page."""
        self._message.set_text(message)

    async def _give(self, value: bool) -> None:
        async def work() -> None:
            try:
                await self._answer({self._key: self._given(value)})
            except InvalidAnswer as error:
                self._refused(str(error))

        if not any(button.is_busy for button in self._buttons.values()):
            await run_button(self._buttons[value], work, self._refused)

    def _given(self, value: bool) -> Json:
        """What is sent for yes or no."""
        return value

    def _refused(self, message: str) -> None:
        self._message.set_text(message)
