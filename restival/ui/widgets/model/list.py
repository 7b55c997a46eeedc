"""Equal items, one under the other."""

from html import escape

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t, within
from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.core.traverse import inner_fields
from restival.io.model.record import ListProps
from restival.ui.elements.button import Button
from restival.ui.elements.focus import put_focus
from restival.ui.elements.text import text
from restival.ui.widgets.base.error_paths import below
from restival.ui.widgets.base.widget import Changed, ErrorLine, Widget, label_of, labelled
from restival.ui.widgets.registry import answer_html, in_words, widget_for


class ListWidget(Widget):
    """Items with buttons to add and remove."""

    component = "list"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = ListProps.model_validate(spec.props)
        self._items: list[tuple[Widget, Element]] = []
        with ui.element("fieldset").classes("r-record") as self.root:
            text("legend", label_of(spec), "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._body = ui.element("div").classes("r-form r-items")
            name = within(spec.label) or t("item")
            self._add_button = Button(t("Add to {name}", name=name), self._add, look="quiet", icon="add").classes(
                "r-add"
            )
            self._error = ErrorLine()
        self._draw_all(spec.value if isinstance(spec.value, list) else [None] * self._props.min_items)

    def _add(self) -> None:
        self._draw(None)
        self._bound()
        self._items[-1][0].focus()
        self.changed()

    def _draw_all(self, values: list[Json]) -> None:
        self._items.clear()
        self._body.clear()
        for value in values:
            self._draw(value)
        self._bound()

    def _draw(self, value: Json) -> None:
        number = len(self._items) + 1
        item = self._props.item
        label = item.label or f"{self.spec.label} {number}".strip()
        with self._body, ui.element("div").classes("r-item") as row:
            drawn = item.model_copy(update={"value": value, "label": label, "disabled": self.spec.disabled})
            widget = widget_for(drawn, self.changed)
            remove = Button(
                icon="close",
                name=t("Remove item {number}", number=number),
                look="bare",
                on_click=lambda: self._remove(widget),
            )
            remove.set_enabled(not self.spec.disabled)
        self._items.append((widget, row))

    def _bound(self) -> None:
        full = self._props.max_items is not None and len(self._items) >= self._props.max_items
        self._add_button.set_enabled(not full and not self.spec.disabled)

    def _remove(self, removed: Widget) -> None:
        self._draw_all([widget.read() for widget, _ in self._items if widget is not removed])
        put_focus(self._add_button)
        self.changed()

    def read(self) -> Json:
        """The items' answers."""
        return [widget.read() for widget, _ in self._items]

    def show_errors(self, errors: Errors) -> None:
        """Hand the messages to the items."""
        for index, (widget, _) in enumerate(self._items):
            widget.show_errors(below(errors, str(index)))
        self._error.show(errors)

    @classmethod
    def answer_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The items: each under a label of its own if it has fields of its own."""
        item = ListProps.model_validate(spec.props).item
        if not inner_fields(item):
            return labelled(spec.label, escape("\n".join(in_words(item, value) for value in answer)))
        numbered = [item.model_copy(update={"label": f"{spec.label} {n}"}) for n in range(1, len(answer) + 1)]
        return "".join(map(answer_html, numbered, answer))
