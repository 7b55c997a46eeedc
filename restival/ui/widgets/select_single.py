"""One of several options."""

from nicegui import ui

from restival.io.call import Errors, FieldSpec, Json
from restival.io.select_single import SelectSingleProps
from restival.ui.text import text
from restival.ui.widgets.widget import Changed, FieldWidget, Widget, label_of

FEW = 5
"""Up to so many options all are shown at once."""


def select_single(spec: FieldSpec, changed: Changed) -> Widget:
    """Radio buttons for few options, a menu for many."""
    props = SelectSingleProps.model_validate(spec.props)
    few = len(props.options) <= FEW and not props.searchable
    return RadioWidget(spec, changed, props) if few else MenuWidget(spec, changed, props)


class RadioWidget(Widget):
    """Options one under the other."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-choice"):
            if spec.label:
                text("div", label_of(spec), "r-label").props("aria-hidden=true")
            options = {option.key: _shown(option.label, option.description) for option in props.options}
            self._radio = ui.radio(options, value=spec.value, on_change=changed)
            self._radio.props["aria-label"] = spec.label
            if spec.disabled:
                self._radio.disable()
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._error = text("div", "", "r-error").props('role="alert"')

    def read(self) -> Json:
        """The key of the chosen option."""
        return self._radio.value

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the options."""
        self._error.set_text(errors.get("", ""))


class MenuWidget(FieldWidget):
    """A menu, in which typing finds options where the action asks for that or there are very many."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        super().__init__(spec, changed)
        options = {option.key: _shown(option.label, option.description) for option in props.options}
        searchable = props.searchable or len(options) > 20
        menu = ui.select(
            options, label=label_of(spec), value=spec.value, with_input=searchable, clearable=spec.optional
        )
        self.place(menu)

    def read(self) -> Json:
        """The key of the chosen option."""
        return self.element.value


def _shown(label: str, description: str | None) -> str:
    return f"{label} — {description}" if description else label
