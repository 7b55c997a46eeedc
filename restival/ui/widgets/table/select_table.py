"""Rows chosen from a table."""

from nicegui import events, ui
from pydantic import ValidationError

from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.select.table import CHOSEN, SelectTableProps
from restival.io.table.cells import stored_cell
from restival.ui.elements.text import text
from restival.ui.widgets.base.rows_html import SHOWN_ROWS, answer_rows
from restival.ui.widgets.base.widget import Ask, Changed, ErrorLine, Widget, label_of
from restival.ui.widgets.table.grid import Grid


class SelectTableWidget(Widget):
    """A table with a box at each row; a click anywhere in a row chooses it too."""

    component = "select.table"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = SelectTableProps.model_validate(spec.props)
        self._chosen = _chosen(spec, props)
        with ui.element("div").classes("r-choice"):
            self.root = self._grid = Grid(
                label_of(spec),
                props,
                mode="one" if props.max_selections == 1 else "many",
                limit=props.max_selections,
                required=props.min_selections > 0,
                disabled=spec.disabled,
                chosen=self._chosen,
                name=spec.label,
            )
            self.root.on("choose", self._choose)
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._error = ErrorLine()

    def _choose(self, event: events.GenericEventArguments) -> None:
        self._chosen = event.args
        self.changed()

    def connect(self, ask: Ask) -> None:
        """Turn pages from now on."""
        self._grid.connect(ask)

    def read(self) -> Json:
        """The positions of the chosen rows, or with a total their positions and cells."""
        return self._chosen

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the table."""
        self._error.show(errors)

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The chosen rows."""
        props = SelectTableProps.model_validate(spec.props)
        rows = [row["cells"] if isinstance(row, dict) else props.rows[row] for row in answer[:SHOWN_ROWS]]
        cells = [[stored_cell(cell) for cell in row] for row in rows]
        return answer_rows([column.label for column in props.columns], cells, len(answer))


def _chosen(spec: FieldSpec, props: SelectTableProps) -> list[Json]:
    given = spec.value if isinstance(spec.value, list) else []
    if props.total is None:
        return [row for row in given if isinstance(row, int) and 0 <= row < len(props.rows)]
    try:
        return [row.model_dump() for row in CHOSEN.validate_python(given)]
    except ValidationError:
        return []
