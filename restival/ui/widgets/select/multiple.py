"""Several of several options."""

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import FieldSpec, Json
from restival.io.select.multiple import SelectMultipleProps
from restival.ui.elements.content.plain_text import shortened
from restival.ui.elements.text import text
from restival.ui.widgets.base.choices import ChoicesWidget
from restival.ui.widgets.base.option_menu import TOO_MANY, draw_menu
from restival.ui.widgets.base.widget import LONGEST, Changed, FieldWidget, Widget, label_of

FEW = 7
"""Up to so many options all are shown at once."""


class SelectMultipleWidget(Widget):
    """Boxes for few options, a menu for many."""

    component = "select.multiple"

    @classmethod
    def drawn(cls, spec: FieldSpec, changed: Changed) -> Widget:
        """Draw the one or the other."""
        props = SelectMultipleProps.model_validate(spec.props)
        few = len(props.options) <= FEW and not props.searchable
        return BoxesWidget(spec, changed, props) if few else ChipsWidget(spec, changed, props)

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The labels of the chosen options."""
        labels = {option.key: option.label for option in SelectMultipleProps.model_validate(spec.props).options}
        return shortened(", ".join(labels.get(key, key) for key in answer), LONGEST)


class BoxesWidget(ChoicesWidget):
    """Options with a box each, one under the other."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectMultipleProps) -> None:
        super().__init__(
            spec,
            changed,
            props,
            chosen(spec, props),
            hint=told(spec, props),
            many=True,
            limit=props.max_selections,
        )

    def read(self) -> Json:
        """The keys of the chosen options."""
        return self.chosen


class ChipsWidget(FieldWidget):
    """A menu whose chosen options are chips in the field; typing finds options where there are many."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectMultipleProps) -> None:
        super().__init__(spec.model_copy(update={"help_text": told(spec, props)}), changed)
        self._props = props
        searchable = (props.searchable or len(props.options) >= TOO_MANY) and not spec.disabled
        with ui.element("div").classes("r-many") as group:
            group.props["role"], group.props["aria-label"] = "group", spec.label
            menu = draw_menu(
                label_of(spec), props.options, value=chosen(spec, props), with_input=searchable, multiple=True
            )
            menu.props["use-chips"] = True
            if props.placeholder and not menu.value:
                menu.props["placeholder"] = props.placeholder
            if props.max_selections is not None:
                menu.props["max-values"] = props.max_selections
            self.place(menu)
            self._draw_foot()

    def _draw_foot(self) -> None:
        with ui.element("div").classes("r-choices-foot"):
            self._count = text("span", "").props("role=status")
            if not self.spec.disabled:
                if self._props.allows(len(self._props.options)):
                    self._draw_button(t("Select all"), [option.key for option in self._props.options])
                self._draw_button(t("Select none"), [])
        self._tell()

    def _draw_button(self, label: str, keys: list[str]) -> None:
        text("button", label).props("type=button").on("click", lambda: self.element.set_value(keys))

    def _changed(self) -> None:
        self._tell()
        super()._changed()

    def _tell(self) -> None:
        limit = self._props.max_selections
        count = len(self.element.value)
        told = t("{count} selected", count=count)
        self._count.set_text(told if limit is None else t("{count} of {limit} selected", count=count, limit=limit))

    def read(self) -> Json:
        """The keys of the chosen options."""
        return list(self.element.value)


def told(spec: FieldSpec, props: SelectMultipleProps) -> str | None:
    """The help text with the limits."""
    just_required = props.min_selections == 1 and props.max_selections is None
    limits = "" if just_required else props.limits()
    return " ".join(filter(None, (spec.help_text, limits))) or None


def chosen(spec: FieldSpec, props: SelectMultipleProps) -> list[str]:
    """The keys that the field is drawn with, as far as there are such options."""
    given = spec.value if isinstance(spec.value, list) else []
    return [option.key for option in props.options if option.key in given]
