"""A table to look at."""

from restival.io.core.call import FieldSpec
from restival.io.table.columns import TableProps
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Ask, Changed, Widget
from restival.ui.widgets.table.grid import Grid
from restival.ui.widgets.table.stored_pages import kept_ask


class TableWidget(Widget):
    """Rows with sorting, filter and pages."""

    component = "display.table"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = TableProps.model_validate(spec.props)
        self.root = self._grid = Grid(spec.label, props)
        if props.kept:
            self._grid.connect(kept_ask(props.kept, props.page_size))
        if spec.help_text:
            text("div", spec.help_text, "r-hint")

    def take(self, spec: FieldSpec) -> bool:
        """Show other rows; how they are sorted and found, and the page, stay."""
        if (spec.label, spec.help_text) != (self.spec.label, self.spec.help_text):
            return False
        self._grid.take(TableProps.model_validate(spec.props), changed=spec != self.spec)
        self.spec = spec
        return True

    def connect(self, ask: Ask) -> None:
        """Turn pages from now on."""
        self._grid.connect(ask)
