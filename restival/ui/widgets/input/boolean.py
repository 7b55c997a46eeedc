"""Yes or no."""

from nicegui import ui

from restival.io.core.call import Errors, FieldSpec, Json
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, ErrorLine, Widget, label_of


class BooleanWidget(Widget):
    """A switch with its label."""

    component = "input.boolean"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-choice"):
            self.root = self._switch = ui.switch(label_of(spec), value=bool(spec.value), on_change=changed)
            self._switch.classes("r-switch").props["aria-label"] = label_of(spec)
            if spec.disabled:
                self._switch.disable()
            if spec.help_text:
                text("div", spec.help_text, "r-hint r-switch-hint")
            self._error = ErrorLine()

    def read(self) -> Json:
        """True or False."""
        return bool(self._switch.value)

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the switch."""
        self._error.show(errors)
