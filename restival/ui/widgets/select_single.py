"""One of several options."""

from nicegui import ui

from restival.io.call import Errors, FieldSpec, Json
from restival.io.select_single import Option, SelectSingleProps
from restival.ui.button import Button
from restival.ui.text import text
from restival.ui.widgets.widget import Changed, ErrorLine, FieldWidget, Widget, label_of

FEW = 5
"""Up to so many options all are shown at once."""
TOO_MANY = 12
"""From so many options on, typing finds one."""
RADIO_LABEL = '<span>{{ props.label }}</span><div class="r-hint">{{ props.description }}</div>'
MENU_OPTION = """
<q-item v-bind="props.itemProps">
  <q-item-section v-if="props.opt.image" avatar>
    <img :src="props.opt.image" alt="" class="r-option-image">
  </q-item-section>
  <q-item-section>
    <q-item-label>{{ props.opt.label }}</q-item-label>
    <q-item-label v-if="props.opt.description" caption>{{ props.opt.description }}</q-item-label>
  </q-item-section>
</q-item>"""


def select_single(spec: FieldSpec, changed: Changed) -> Widget:
    """Radio buttons for few options, a menu for many, or those with images."""
    props = SelectSingleProps.model_validate(spec.props)
    few = len(props.options) <= FEW and not props.searchable and not any(option.image for option in props.options)
    return RadioWidget(spec, changed, props) if few else MenuWidget(spec, changed, props)


class RadioWidget(Widget):
    """Options one under the other."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-choice"):
            if spec.label:
                text("div", label_of(spec), "r-label").props("aria-hidden=true")
            options = {option.key: option.label for option in props.options}
            self._radio = DescribedRadio(options, value=chosen(spec, props), on_change=self._picked)
            self._radio.describe(props.options)
            self._radio.props["aria-label"] = spec.label
            self.root = self._radio
            if spec.disabled:
                self._radio.disable()
            if spec.optional and not spec.disabled:
                self._clear = Button("Clear", lambda: self._radio.set_value(None), look="quiet")
                self._clear.classes("r-clear").set_visibility(self._radio.value is not None)
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._error = ErrorLine()

    def _picked(self) -> None:
        if self.spec.optional:
            self._clear.set_visibility(self._radio.value is not None)
        self.changed()

    def read(self) -> Json:
        """The key of the chosen option."""
        return self._radio.value

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the options."""
        self._error.show(errors)


class MenuWidget(FieldWidget):
    """A menu, in which typing finds options where the action asks for that or there are many."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        super().__init__(spec, changed)
        searchable = (props.searchable or len(props.options) >= TOO_MANY) and not spec.disabled
        menu = DescribedSelect(
            {option.key: option.label for option in props.options},
            label=label_of(spec),
            value=chosen(spec, props),
            with_input=searchable,
            clearable=spec.optional,
        )
        menu.describe(props.options)
        if searchable and props.placeholder:
            menu.props["placeholder"] = props.placeholder
        self.place(menu)

    def read(self) -> Json:
        """The key of the chosen option."""
        return self.element.value


class Described:
    """What an option has besides its label, sent with it to the browser."""

    template: str
    slot: str
    described: list[Option] = []

    def describe(self, options: list[Option]) -> None:
        """Draw options with their descriptions and images, if one has any."""
        if any(option.description or option.image for option in options):
            self.described = options
            self.add_slot(self.slot, self.template)  # type: ignore[attr-defined]
            self._update_options()

    def _update_options(self) -> None:
        super()._update_options()  # type: ignore[misc]
        for shown, option in zip(self._props["options"], self.described, strict=False):  # type: ignore[attr-defined]
            shown |= {"description": option.description, "image": option.image}


class DescribedRadio(Described, ui.radio):
    """Radio buttons whose options have descriptions."""

    template, slot = RADIO_LABEL, "label"


class DescribedSelect(Described, ui.select):
    """A menu whose options have descriptions and images."""

    template, slot = MENU_OPTION, "option"


def chosen(spec: FieldSpec, props: SelectSingleProps) -> str | None:
    """The key that the field is drawn with, if there is such an option."""
    return spec.value if any(option.key == spec.value for option in props.options) else None
