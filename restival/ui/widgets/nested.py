"""Records and lists: widgets made of widgets."""

from nicegui import ui

from restival.io.call import Errors, FieldSpec, Json
from restival.io.nested import ListProps, RecordProps
from restival.ui.text import text
from restival.ui.widgets import widget_for
from restival.ui.widgets.paths import below
from restival.ui.widgets.widget import Changed, Widget, label_of


class RecordWidget(Widget):
    """Fields under one label; one that may be left out is switched on first."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = RecordProps.model_validate(spec.props)
        values = spec.value if isinstance(spec.value, dict) else {}
        self._used = not spec.optional or spec.value is not None
        with ui.element("fieldset" if spec.label else "div").classes("r-record" if spec.label else "r-form"):
            if spec.label:
                text("legend", label_of(spec), "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            if spec.optional:
                ui.switch(f"Fill in {spec.label.lower()}", value=self._used, on_change=lambda e: self._use(e.value))
            with ui.element("div").classes("r-form") as self._body:
                self._widgets = {field.key: widget_for(_with_value(field, values), changed) for field in props.fields}
            self._error = text("div", "", "r-error").props('role="alert"')
        self._body.set_visibility(self._used)

    def _use(self, used: bool) -> None:
        self._used = used
        self._body.set_visibility(used)
        self.changed()

    def read(self) -> Json:
        """The answers by key, None where the record is left out."""
        return {key: widget.read() for key, widget in self._widgets.items()} if self._used else None

    def show_errors(self, errors: Errors) -> None:
        """Hand the messages to the fields."""
        for key, widget in self._widgets.items():
            widget.show_errors(below(errors, key))
        self._error.set_text(errors.get("", ""))

    def focus(self) -> bool:
        """Put the cursor into the first field that takes it."""
        return self._used and any(widget.focus() for widget in self._widgets.values())


class ListWidget(Widget):
    """Items one under the other, with buttons to add and remove."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = ListProps.model_validate(spec.props)
        self._items: list[tuple[Widget, ui.element]] = []
        with ui.element("fieldset").classes("r-record"):
            text("legend", label_of(spec), "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._body = ui.element("div").classes("r-form")
            add = ui.button(f"Add {self._singular()}", icon="add", on_click=self._add).props("flat no-caps dense")
            add.set_enabled(not spec.disabled)
            self._error = text("div", "", "r-error").props('role="alert"')
        for value in spec.value if isinstance(spec.value, list) else [None] * self._props.min_items:
            self._draw(value)

    def _singular(self) -> str:
        return self.spec.label.lower() if self.spec.label else "item"

    def _add(self) -> None:
        self._draw(None)
        self._items[-1][0].focus()
        self.changed()

    def _draw(self, value: Json) -> None:
        item = self._props.item.model_copy(update={"value": value})
        with self._body, ui.element("div").classes("r-item") as row:
            number = len(self._items) + 1
            labelled = item if item.label else item.model_copy(update={"label": f"{self.spec.label} {number}"})
            widget = widget_for(labelled, self.changed)
            entry = (widget, row)
            remove = ui.button(icon="close", on_click=lambda: self._remove(entry)).props("flat round dense")
            remove.props(f'aria-label="Remove item {number}"')
        self._items.append(entry)

    def _remove(self, entry: tuple[Widget, ui.element]) -> None:
        values = [widget.read() for widget, _ in self._items if widget is not entry[0]]
        self._items.clear()
        self._body.clear()
        for value in values:
            self._draw(value)
        self.changed()

    def read(self) -> Json:
        """The items' answers."""
        return [widget.read() for widget, _ in self._items]

    def show_errors(self, errors: Errors) -> None:
        """Hand the messages to the items."""
        for index, (widget, _) in enumerate(self._items):
            widget.show_errors(below(errors, str(index)))
        self._error.set_text(errors.get("", ""))

    def focus(self) -> bool:
        """Put the cursor into the first item."""
        return any(widget.focus() for widget, _ in self._items)


def _with_value(field: FieldSpec, values: dict[str, Json]) -> FieldSpec:
    return field.model_copy(update={"value": values[field.key]}) if field.key in values else field
