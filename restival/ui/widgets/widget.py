"""What every widget can do."""

from collections.abc import Callable
from typing import Any

from nicegui.element import Element
from nicegui.elements.mixins.value_element import ValueElement

from restival.io.call import Errors, FieldSpec, Json

Changed = Callable[[], None]


class Widget:
    """Draws one field where it is made. `changed` is called whenever what is filled in changes."""

    single_line: Element | None = None
    """The element in which Enter may send the form."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        self.spec = spec
        self.changed = changed

    def read(self) -> Json:
        """The answer as it is filled in now."""
        return None

    def show_errors(self, errors: Errors) -> None:
        """Show messages by path below the field; "" is the field itself."""

    def focus(self) -> bool:
        """Put the cursor here, if it can be put here."""
        return False


class FieldWidget(Widget):
    """A widget that is one Quasar field: it has a label, a hint, and shows its own error."""

    element: ValueElement[Any]

    def place(self, element: ValueElement[Any]) -> None:
        """Take the element that was drawn, with what all fields have."""
        self.element = element
        element.classes("r-field")
        props = element.props
        props["outlined"] = props["stack-label"] = True
        if self.spec.help_text:
            props["hint"] = self.spec.help_text
        else:
            props["hide-bottom-space"] = True
        if self.spec.disabled:
            props["readonly"] = True
            element.classes("r-disabled")
        element.on_value_change(lambda _: self.changed())

    def show_errors(self, errors: Errors) -> None:
        """Show the field's own message under it."""
        message = errors.get("")
        if message == self.element.props.get("error-message"):
            return
        if message:
            self.element.props.update({"error": True, "error-message": message})
        else:
            self.element.props.pop("error", None)
            self.element.props.pop("error-message", None)
        self.element.update()

    def focus(self) -> bool:
        """Put the cursor into the field."""
        self.element.run_method("focus")
        return True


def label_of(spec: FieldSpec) -> str:
    """The label, which says so where the field may be left empty."""
    return f"{spec.label} (optional)" if spec.optional and spec.label else spec.label
