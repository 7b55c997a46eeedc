"""Fields of our own that are one element: what they share."""

from typing import Any

from nicegui import events
from nicegui.element import Element

from restival.io.core.call import Errors, FieldSpec, Json
from restival.ui.elements.content.chunked_text import ChunkedText
from restival.ui.widgets.base.widget import Changed, Widget, label_of


class ElementField(Element):
    """An element that draws a whole field with its label, hint and error, and emits `change` with what is filled in."""

    def __init__(self, spec: FieldSpec, value: Json, **props: Any) -> None:
        super().__init__()
        given = {"label": label_of(spec), "hint": spec.help_text or "", "value": value, **props}
        self._props.update({**given, "error": "", "readonly": spec.disabled})

    @property
    def value(self) -> Json:
        """What is filled in."""
        return self._props["value"]

    def keep(self, value: Json) -> None:
        """Know what is filled in, for a page that is drawn again; this one has it."""
        with self._props.suspend_updates():
            self._props["value"] = value

    def show(self, message: str) -> None:
        """Show a message under the field, or none."""
        if message != self._props["error"]:
            self._props["error"] = message


class PartWidget(Widget):
    """A widget that is such an element."""

    part: ElementField

    def __init__(self, spec: FieldSpec, changed: Changed, part: ElementField) -> None:
        super().__init__(spec, changed)
        self.root = self.part = part
        self._pieces = ChunkedText()
        part.on("change", self._change)

    def read(self) -> Json:
        """What is filled in."""
        return self.part.value

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the field."""
        self.part.show(errors.get("", ""))

    def _change(self, event: events.GenericEventArguments) -> None:
        whole = self._pieces.take(event.args)
        if whole is None:
            return
        self.part.keep(whole)
        self.part.show("")
        self.changed()
