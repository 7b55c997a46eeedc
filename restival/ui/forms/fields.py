"""Draws the fields of a form, each in its layout."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from nicegui import ui
from nicegui.element import Element

from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.layout import Tabs
from restival.ui.elements.browser_calls import Call
from restival.ui.widgets.base.error_paths import below
from restival.ui.widgets.base.widget import Widget
from restival.ui.widgets.layout import LayoutWidget, PanelWidget
from restival.ui.widgets.model.record import with_value
from restival.ui.widgets.registry import widget_for

ChangedField = Callable[[str], None]
"""Is called with the key of a field whenever what is filled in there changes."""
AskField = Callable[[str, str, Json], Awaitable[Json]]


class Fields:
    """The widgets by key, in reading order. `ask` has the action's code run for a field, by its key."""

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        values: dict[str, Json],
        changed: ChangedField,
        ask: AskField | None = None,
    ) -> None:
        self._specs = {spec.key: spec for spec in specs}
        self._changed = changed
        self._ask = ask
        self._places: dict[str, Element] = {}
        self.widgets: dict[str, Widget] = {}
        inside = {key for spec in specs for key in spec.props.get("children", ()) if is_layout(spec)}
        self.top = [spec.key for spec in specs if spec.key not in inside]
        for key in self.top:
            self._draw(with_value(self._specs[key], values), values)

    def _draw(self, spec: FieldSpec, values: dict[str, Json], *, in_tabs: bool = False) -> None:
        with self._place(spec):
            widget = self._draw_one(spec, in_tabs=in_tabs)
        if isinstance(widget, LayoutWidget):
            for child in widget.children:
                with widget.place(child):
                    inner = with_value(self._specs[child], values)
                    self._draw(inner, values, in_tabs=spec.component == Tabs.name)

    def _place(self, spec: FieldSpec) -> AbstractContextManager[object]:
        """What holds a field: one that may be drawn anew needs a place of its own."""
        if not spec.depends_on:
            return nullcontext()
        self._places[spec.key] = ui.element("div").classes("r-dependent")
        return self._places[spec.key]

    def _draw_one(self, spec: FieldSpec, *, in_tabs: bool = False) -> Widget:
        changed = partial(self._changed, spec.key)
        widget = PanelWidget(spec, changed) if in_tabs else widget_for(spec, changed)
        if self._ask is not None:
            widget.connect(partial(self._ask, spec.key))
        self.widgets[spec.key] = widget
        return widget

    def take(self, specs: Sequence[FieldSpec]) -> list[str]:
        """Draw those fields anew that look different now, and tell which those are."""
        before, self._specs = self._specs, {spec.key: spec for spec in specs}
        anew = [spec for spec in specs if spec != before[spec.key] and spec.key in self._places]
        for spec in anew:
            with self._places[spec.key].clear():
                self._draw_one(spec)
        return [spec.key for spec in anew]

    def renew(self, specs: Sequence[FieldSpec], values: dict[str, Json], ask: AskField | None) -> list[Call] | None:
        """Ask for these instead in the same places, and give what has the page do so; None where it can't be done."""
        if [spec.key for spec in specs] != list(self._specs) or any(spec.depends_on for spec in specs) or self._places:
            return None
        calls = []
        for spec in specs:
            call = self.widgets[spec.key].renew(with_value(spec, values))
            if call is None:
                return None
            self.widgets[spec.key].wrong = False
            calls.append(call)
        self._specs, self._ask = {spec.key: spec for spec in specs}, ask
        if ask is not None:
            for key, widget in self.widgets.items():
                widget.connect(partial(ask, key))
        return calls

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
