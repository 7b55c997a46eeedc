"""One of several options."""

from restival.io.core.call import FieldSpec, Json
from restival.io.select.single import SelectSingleProps
from restival.ui.elements.content.plain_text import plain
from restival.ui.widgets.base.choices import ChoicesWidget
from restival.ui.widgets.base.option_menu import TOO_MANY, draw_menu
from restival.ui.widgets.base.widget import Changed, FieldWidget, Widget, label_of

FEW = 5
"""Up to so many options all are shown at once."""


class SelectSingleWidget(Widget):
    """Radio buttons for few options, a menu for many."""

    component = "select.single"

    @classmethod
    def drawn(cls, spec: FieldSpec, changed: Changed) -> Widget:
        """Draw the one or the other."""
        props = SelectSingleProps.model_validate(spec.props)
        few = len(props.options) <= FEW and not props.searchable
        return RadioWidget(spec, changed, props) if few else MenuWidget(spec, changed, props)

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The label of the chosen option."""
        options = SelectSingleProps.model_validate(spec.props).options
        return next((option.label for option in options if option.key == answer), plain(answer))


class RadioWidget(ChoicesWidget):
    """Options one under the other."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        key = chosen(spec, props)
        super().__init__(spec, changed, props, [] if key is None else [key], hint=spec.help_text)

    def read(self) -> Json:
        """The key of the chosen option."""
        return self.chosen[0] if self.chosen else None


class MenuWidget(FieldWidget):
    """A menu, in which typing finds options where the action asks for that or there are many."""

    def __init__(self, spec: FieldSpec, changed: Changed, props: SelectSingleProps) -> None:
        super().__init__(spec, changed)
        searchable = (props.searchable or len(props.options) >= TOO_MANY) and not spec.disabled
        menu = draw_menu(
            label_of(spec),
            props.options,
            value=chosen(spec, props),
            with_input=searchable,
            clearable=spec.optional,
        )
        if props.placeholder:
            menu.props["placeholder"] = props.placeholder
        self.place(menu)

    def read(self) -> Json:
        """The key of the chosen option."""
        return self.element.value


def chosen(spec: FieldSpec, props: SelectSingleProps) -> str | None:
    """The key that the field is drawn with, if there is such an option."""
    return spec.value if any(option.key == spec.value for option in props.options) else None
