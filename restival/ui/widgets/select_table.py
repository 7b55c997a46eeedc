"""Rows chosen from a table."""

from nicegui import events, ui

from restival.io.call import Errors, FieldSpec, Json
from restival.io.select_table import SelectTableProps
from restival.ui.text import text
from restival.ui.widgets.grid import draw_table
from restival.ui.widgets.widget import Changed, Widget, label_of

CHECKBOX = """<q-checkbox v-model="props.selected" dense :aria-label="'Select ' + props.cols.map(c => c.value)[0]" />"""


class SelectTableWidget(Widget):
    """A table with a box at each row; a click anywhere in a row chooses it too."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = SelectTableProps.model_validate(spec.props)
        self._single = props.max_selections == 1
        with ui.element("div").classes("r-choice"):
            table = draw_table(label_of(spec), props, "single" if self._single else "multiple")
            self._table = table
            table.add_slot("body-selection", CHECKBOX)
            chosen = set(spec.value or [])
            table.selected = [row for row in table.rows if row["_"] in chosen]
            table.on_select(lambda _: changed())
            table.on("row-click", self._clicked, js_handler="(event, row) => emit(row._)")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._error = text("div", "", "r-error").props('role="alert"')

    def _clicked(self, event: events.GenericEventArguments) -> None:
        row = next(row for row in self._table.rows if row["_"] == event.args)
        if row in self._table.selected:
            kept = [other for other in self._table.selected if other is not row]
        else:
            kept = [row] if self._single else [*self._table.selected, row]
        self._table.selected = kept
        self._table.update()
        self.changed()

    def read(self) -> Json:
        """The positions of the chosen rows."""
        return [row["_"] for row in self._table.selected]

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the table."""
        self._error.set_text(errors.get("", ""))
