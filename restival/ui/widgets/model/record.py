"""Named fields under one label."""

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t, within
from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.model.record import RecordProps
from restival.ui.elements.content.html import tag
from restival.ui.elements.text import text
from restival.ui.widgets.base.error_paths import below
from restival.ui.widgets.base.widget import Changed, ErrorLine, Widget, label_of
from restival.ui.widgets.registry import answer_html, widget_for


class RecordWidget(Widget):
    """Fields with a frame around them; one that may be left out is switched on first."""

    component = "record"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._fields = RecordProps.model_validate(spec.props).fields
        self._widgets: dict[str, Widget] = {}
        self._used = not spec.optional or spec.value is not None
        with ui.element("fieldset" if spec.label else "div").classes("r-record" if spec.label else "r-form") as root:
            self.root = root
            if spec.label:
                text("legend", label_of(spec), "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            if spec.optional:
                ui.switch(
                    t("Add {name}", name=within(spec.label)), value=self._used, on_change=lambda e: self._use(e.value)
                )
            self._body = ui.element("div").classes("r-form")
            self._error = ErrorLine()
        self._draw()

    def _draw(self) -> None:
        """Show the fields, once they are needed."""
        self._body.set_visibility(self._used)
        if self._used and not self._widgets:
            values = self.spec.value if isinstance(self.spec.value, dict) else {}
            with self._body:
                self._widgets = {f.key: widget_for(with_value(f, values), self.changed) for f in self._fields}

    def _use(self, used: bool) -> None:
        self._used = used
        self._draw()
        self.changed()

    @property
    def last_line(self) -> Element | None:  # type: ignore[override]
        """The last field's."""
        return list(self._widgets.values())[-1].last_line if self._widgets else None

    def read(self) -> Json:
        """The answers by key, None where the record is left out."""
        return {key: widget.read() for key, widget in self._widgets.items()} if self._used else None

    def show_errors(self, errors: Errors) -> None:
        """Hand the messages to the fields."""
        for key, widget in self._widgets.items():
            widget.show_errors(below(errors, key))
        self._error.show(errors)

    @classmethod
    def answer_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The label above the fields' labels and answers."""
        heading = tag("dt", spec.label, "r-key r-key-group") if spec.label else ""
        fields = RecordProps.model_validate(spec.props).fields
        return heading + "".join(answer_html(inner, answer.get(inner.key)) for inner in fields)


def with_value(field: FieldSpec, values: dict[str, Json]) -> FieldSpec:
    """A field that is drawn with its value among these, if there is one."""
    return field.model_copy(update={"value": values[field.key]}) if field.key in values else field
