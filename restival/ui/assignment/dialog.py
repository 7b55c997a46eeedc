"""The dialog in which somebody chooses who is to do something."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from restival.access.assignment import MOST_NOTE, Assignee
from restival.i18n import t
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.select import Select
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField

Give = Callable[[str, str], Awaitable[None]]
"""Hands it to a mail or a role, with a note. Raises RestivalError with words for the person."""
LINES = 3


class HandOn:
    """Asks for a person or a role and a note, and hands it to them."""

    def __init__(self, title: str, among: Sequence[Assignee], give: Give) -> None:
        self._give = give
        self._to = _key(among[0])
        options = {_key(each): _shown(each) for each in among}
        with ui.dialog(value=True) as self._dialog, ui.element("div").classes("r-card r-dialog"):
            self._dialog.props["aria-label"] = title
            text("h2", title, "r-h2")
            Select(t("Assign to"), options, self._to, self._choose)
            self._note = TextField(
                t("Note (optional)"),
                on_change=lambda: None,
                attributes={"rows": LINES, "style": f"--rows: {LINES}", "maxlength": MOST_NOTE},
                multiline=True,
                hint=t("Context for the assignee. Saved with the transaction."),
            )
            self._error = text("div", "", "r-error").props('role="alert"')
            with ui.element("div").classes("r-buttons"):
                Button(t("Cancel"), self._dialog.close, look="quiet")
                self._button = Button(t("Assign"), self._hand_on, look="primary")

    def _choose(self, key: str) -> None:
        self._to = key

    async def _hand_on(self) -> None:
        def give() -> Awaitable[None]:
            return self._give(self._to, self._note.value.strip())

        if await run_button(self._button, give, self._error.set_text):
            self._dialog.close()


def _key(assignee: Assignee) -> str:
    return assignee.name if assignee.is_role else assignee.email


def _shown(assignee: Assignee) -> str:
    return t("Everyone with the role {name}", name=assignee.name) if assignee.is_role else assignee.name
