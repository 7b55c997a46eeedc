"""A choice between groups of fields."""

from nicegui import ui
from nicegui.element import Element

from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.model.variants import Variant, VariantsProps
from restival.io.select.single import SelectSingle, SelectSingleProps
from restival.ui.elements.content.html import tag
from restival.ui.widgets.base.error_paths import below
from restival.ui.widgets.base.widget import Changed, Widget
from restival.ui.widgets.model.record import with_value
from restival.ui.widgets.registry import answer_html, widget_for


class VariantsWidget(Widget):
    """The choice, and below it the fields of what is chosen. Those of another choice stay filled in, out of sight."""

    component = "variants"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = VariantsProps.model_validate(spec.props)
        self._drawn: dict[str, tuple[Element, dict[str, Widget]]] = {}
        chosen = self._props.chosen(spec.value)
        with ui.element("div").classes("r-variants") as self.root:
            self._choice = widget_for(self._asked(chosen), self._choose)
        self._show()

    def _asked(self, chosen: Variant | None) -> FieldSpec:
        """The choice as a field of its own."""
        props = SelectSingleProps(options=self._props.options()).model_dump(mode="json", exclude_defaults=True)
        value = chosen.tag if chosen else None
        return self.spec.model_copy(update={"component": SelectSingle.name, "props": props, "value": value})

    def _choose(self) -> None:
        self._show()
        self.changed()

    @property
    def _chosen(self) -> Variant | None:
        return self._props.variant(self._choice.read())

    def _show(self) -> None:
        chosen = self._chosen
        if chosen is not None and chosen.tag not in self._drawn:
            self._drawn[chosen.tag] = self._draw(chosen)
        for drawn, (group, widgets) in self._drawn.items():
            group.set_visibility(bool(widgets) and chosen is not None and drawn == chosen.tag)

    def _draw(self, variant: Variant) -> tuple[Element, dict[str, Widget]]:
        given = self.spec.value if self._props.chosen(self.spec.value) == variant else {}
        with self.root, ui.element("div").classes("r-form r-variant").props('role="group"') as group:
            group.props["aria-label"] = variant.label
            fields = (field.model_copy(update={"disabled": self.spec.disabled}) for field in variant.fields)
            return group, {field.key: widget_for(with_value(field, given), self.changed) for field in fields}

    @property
    def _widgets(self) -> dict[str, Widget]:
        chosen = self._chosen
        return self._drawn[chosen.tag][1] if chosen else {}

    @property
    def last_line(self) -> Element | None:  # type: ignore[override]
        """The last field's, of what is chosen."""
        return list(self._widgets.values())[-1].last_line if self._widgets else None

    def read(self) -> Json:
        """The choice and the answers to its fields by key; None while nothing is chosen."""
        chosen = self._chosen
        if chosen is None:
            return None
        return {self._props.discriminator: chosen.tag} | {key: widget.read() for key, widget in self._widgets.items()}

    def show_errors(self, errors: Errors) -> None:
        """Hand the messages to the fields, and the field's own to the choice."""
        for key, widget in self._widgets.items():
            widget.show_errors(below(errors, key))
        self._choice.show_errors(errors)

    @classmethod
    def answer_html(cls, spec: FieldSpec, answer: Json) -> str:
        """What was chosen beside the label, as any choice is, and what was asked then below it."""
        chosen = VariantsProps.model_validate(spec.props).chosen(answer)
        if chosen is None:
            return super().answer_html(spec, answer)
        below = "".join(answer_html(inner, answer.get(inner.key)) for inner in chosen.fields)
        return tag("dt", spec.label, "r-key r-key-chosen") + tag("dd", chosen.label, "r-value r-key-chosen") + below
