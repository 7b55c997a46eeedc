"""A table to look at."""

from restival.io.call import FieldSpec
from restival.io.table_data import TableProps
from restival.ui.text import text
from restival.ui.widgets.grid import Grid
from restival.ui.widgets.widget import Ask, Changed, Widget


class TableWidget(Widget):
    """Rows with sorting, filter and pages."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root = self._grid = Grid(spec.label, TableProps.model_validate(spec.props))
        if spec.help_text:
            text("div", spec.help_text, "r-hint")

    def connect(self, ask: Ask) -> None:
        """Turn pages from now on."""
        self._grid.connect(ask)
