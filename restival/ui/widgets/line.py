"""The element behind all fields of text."""

from collections.abc import Callable
from typing import Any

from nicegui import events
from nicegui.element import Element

from restival.ui.widgets.pieces import Pieces


class Line(Element, component="line.js"):
    """A line of text, or with `multiline` a paragraph, with its label, hint and error.

    `attributes` are those of HTML's input or textarea; `on_change` is called whenever the person changes the text.
    """

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        on_change: Callable[[], None],
        attributes: dict[str, Any],
        multiline: bool = False,
        readonly: bool = False,
        prefix: str | None = None,
        shortcut: str | None = None,
        hint: str | None = None,
        most: int | None = None,
    ) -> None:
        super().__init__()
        self._on_change = on_change
        self._pieces = Pieces()
        optional = {"prefix": prefix, "shortcut": shortcut, "hint": hint, "most": most}
        self._props.update({key: value for key, value in optional.items() if value is not None})
        self._props.update({"label": label, "value": value, "revision": 0, "attributes": attributes})
        if multiline:
            self._props["multiline"] = True
        if readonly:
            self._props["readonly"] = True
        self.on("change", self._typed)

    @property
    def value(self) -> str:
        """The text as it was typed."""
        return str(self._props["value"])

    def set_value(self, value: str) -> None:
        """Write into the field."""
        self._props.update({"value": value, "revision": self._props["revision"] + 1})

    def group_digits(self, start: int, places: int, point: str, mark: str) -> None:
        """Show a number from `start` on in groups of digits and with so many decimals, while it isn't edited."""
        self._props.update({"grouped-from": start, "places": places, "point": point, "mark": mark})

    @property
    def error(self) -> str | None:
        """The message under the field."""
        return self._props.get("error")

    @error.setter
    def error(self, message: str | None) -> None:
        if message != self.error:
            self.props.set_optional("error", message)

    def _typed(self, event: events.GenericEventArguments) -> None:
        whole = self._pieces.take(event.args)
        if whole is not None:
            with self._props.suspend_updates():  # the browser has it
                self._props["value"] = whole
            self._on_change()
