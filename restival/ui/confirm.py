"""The dialog of `io.confirm`."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.errors import RestivalError
from restival.io.call import FieldSpec, Json
from restival.ui.text import text

Answer = Callable[[dict[str, Json]], Awaitable[None]]


class ConfirmDialog:
    """A question with Yes and No; Enter is yes, Escape is no."""

    def __init__(self, field: FieldSpec, answer: Answer) -> None:
        self._key = field.key
        self._answer = answer
        self._answering = False
        with ui.dialog(value=True).props("persistent no-esc-dismiss") as self.dialog:
            with ui.element("div").classes("r-card r-dialog").props('role="alertdialog"') as card:
                text("h2", field.label, "r-h2")
                if field.help_text:
                    text("p", field.help_text, "r-hint")
                self._error = text("div", "", "r-error").props('role="alert"')
                with ui.element("div").classes("r-buttons"):
                    ui.button("No", on_click=lambda: self._give(False)).props("flat no-caps")
                    self._yes = ui.button("Yes", on_click=lambda: self._give(True)).props(
                        "unelevated no-caps autofocus"
                    )
            card.on("keydown.esc", lambda: self._give(False))

    async def _give(self, value: bool) -> None:
        if self._answering:
            return
        self._answering = True
        self._yes.props("loading")
        try:
            await self._answer({self._key: value})
        except RestivalError as error:
            self._error.set_text(str(error))
        finally:
            self._answering = False
            if not self._yes.is_deleted:
                self._yes.props(remove="loading")
