"""The empty place of a field that isn't asked for yet."""

from nicegui import ui

from restival.io.core.call import Errors, FieldSpec
from restival.ui.widgets.base.widget import Changed, ErrorLine, Widget


class DependsWidget(Widget):
    """Nothing, until the fields are filled in that the field depends on."""

    component = "depends"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-nothing-yet") as self.root:
            self._error = ErrorLine()

    def show_errors(self, errors: Errors) -> None:
        """Show why the field can't be made."""
        self._error.show(errors)
