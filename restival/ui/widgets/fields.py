"""Draws the fields of a form, each in its layout."""

from collections.abc import Sequence

from restival.io.call import Errors, FieldSpec, Json
from restival.io.layout import Tabs
from restival.ui.widgets import Changed, Widget, widget_for
from restival.ui.widgets.layout import LayoutWidget, PanelWidget
from restival.ui.widgets.paths import below
from restival.ui.widgets.record import with_value


class Fields:
    """The widgets by key, in reading order."""

    def __init__(self, specs: Sequence[FieldSpec], values: dict[str, Json], changed: Changed) -> None:
        self._specs = {spec.key: spec for spec in specs}
        self._values = values
        self._changed = changed
        self.widgets: dict[str, Widget] = {}
        inside = {key for spec in specs for key in spec.props.get("children", ()) if is_layout(spec)}
        self.top = [spec.key for spec in specs if spec.key not in inside]
        for key in self.top:
            self._draw(key)

    def _draw(self, key: str, *, in_tabs: bool = False) -> None:
        spec = with_value(self._specs[key], self._values)
        widget = PanelWidget(spec, self._changed) if in_tabs else widget_for(spec, self._changed)
        self.widgets[key] = widget
        if isinstance(widget, LayoutWidget):
            for child in widget.children:
                with widget.place(child):
                    self._draw(child, in_tabs=spec.component == Tabs.name)

    def show_errors(self, errors: Errors) -> None:
        """Show messages by path at their fields, and bring those fields to sight."""
        for key, widget in self.widgets.items():
            own = below(errors, key)
            widget.wrong = bool(own)
            widget.show_errors(own)
        for key in self.top:
            self._reveal(key)

    def _reveal(self, key: str) -> bool:
        """Whether something is wrong at the field or in the layout, which then shows it."""
        widget = self.widgets[key]
        if not isinstance(widget, LayoutWidget):
            return widget.wrong
        wrong = [child for child in widget.children if self._reveal(child)]
        widget.reveal(wrong)
        return bool(wrong)


def is_layout(spec: FieldSpec) -> bool:
    """Whether it is the place of fields rather than a field."""
    return spec.component.startswith("layout.")
