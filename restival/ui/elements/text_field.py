"""The element behind all fields of text."""

from collections.abc import Callable
from typing import Any, Required, TypedDict, Unpack

from nicegui import events
from nicegui.element import Element

from restival.ui.elements.browser_calls import Call
from restival.ui.elements.chunked_text import ChunkedText


class TextFieldOptions(TypedDict, total=False):
    """What a line looks like, besides its label and text."""

    attributes: Required[dict[str, Any]]
    """Those of HTML's input or textarea."""
    multiline: bool
    readonly: bool
    prefix: str | None
    shortcut: str | None
    hint: str | None
    most: int | None
    """Characters that the counter counts to."""
    grouped: int
    """From where on a number is shown in groups of digits while it isn't edited."""
    places: int
    """With how many decimals it is then shown."""
    point: str
    mark: str
    """What stands before the decimals, and between groups."""


class TextField(Element, component="text_field.js"):
    """A line of text, or with `multiline` a paragraph, with its label, hint and error.

    `on_change` is called whenever the person changes the text.
    """

    def __init__(
        self, label: str, value: str = "", *, on_change: Callable[[], None], **look: Unpack[TextFieldOptions]
    ) -> None:
        super().__init__()
        self._on_change = on_change
        self._pieces = ChunkedText()
        self._props.update({"revision": 0, "generation": 0})
        self._describe(label, value, look)
        self.on("change", self._typed)

    def renew(self, label: str, value: str, **look: Unpack[TextFieldOptions]) -> Call:
        """Ask for another text, and give what has the page do so. What was typed for the former one doesn't count."""
        with self._props.suspend_updates():
            self._props.pop("error", None)
            self._props["generation"] += 1
            self._describe(label, value, look)
        self._pieces = ChunkedText()
        return (self.id, "renew", dict(self._props))

    def _describe(self, label: str, value: str, look: TextFieldOptions) -> None:
        for name in TextFieldOptions.__annotations__:
            self._props.pop(name, None)
        self._props.update({"label": label, "value": value})
        self._props.update({name: each for name, each in look.items() if each is not None and each is not False})

    @property
    def value(self) -> str:
        """The text as it was typed."""
        return str(self._props["value"])

    def set_value(self, value: str) -> None:
        """Writes into the field, unless the user edits it."""
        self._props.update({"value": value, "revision": self._props["revision"] + 1})

    @property
    def error(self) -> str | None:
        """The message under the field."""
        return self._props.get("error")

    @error.setter
    def error(self, message: str | None) -> None:
        if message != self.error:
            self.props.set_optional("error", message)

    def _typed(self, event: events.GenericEventArguments) -> None:
        piece, generation = event.args
        if generation != self._props["generation"]:
            return
        whole = self._pieces.take(piece)
        if whole is not None:
            with self._props.suspend_updates():  # the browser has it
                self._props["value"] = whole
            self._on_change()
