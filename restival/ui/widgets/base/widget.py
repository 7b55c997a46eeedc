"""What every widget can do."""

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any, ClassVar

from nicegui.element import Element
from nicegui.elements.mixins.validation_element import ValidationElement

from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, Json
from restival.ui.elements.browser_calls import Call
from restival.ui.elements.content.formatted import Text
from restival.ui.elements.content.html import tag
from restival.ui.elements.content.plain_text import plain, shortened
from restival.ui.elements.focus import put_focus
from restival.ui.elements.text import text

Changed = Callable[[], None]


Ask = Callable[[str, Json], Awaitable[Json]]
"""Has the action's code run for an event of the field, by name and payload, and gives what comes of it.

Raises RestivalError with words for the person."""

LONGEST = 2_000
"""Characters of an answer that are shown."""
NOTHING = "–"
"""Stands for an answer that was left empty."""

WIDGETS: dict[str, "type[Widget]"] = {}
"""The widgets of built-in components, by the component's name. Each adds itself as soon as its class is made."""


class Widget:
    """Draws one field where it is made. `changed` is called whenever what is filled in changes.

    What a field is drawn with may be an old draft or come from a link: a value that doesn't fit is drawn as empty.
    """

    component: ClassVar[str]
    """The name of the component that it is for; base classes have none."""
    root: Element
    """The element that the field is drawn in."""
    last_line: Element | None = None
    """The element in which Enter may send the form, where the field ends with a single line of text."""
    ask: Ask | None = None
    """How the field reaches the action's code while the form is open; None where no action runs."""
    at_once: bool = False
    """Whether the action's code, reached so, may do several things at the same time."""
    busy: str = ""
    """What has to be waited for before the form can be sent, in words for the person."""
    wrong: bool = False
    """Whether messages are shown at the field or below it."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "component" in cls.__dict__:  # a subclass that names none doesn't take its parent's place
            WIDGETS[cls.component] = cls

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        self.spec = spec
        self.changed = changed

    @classmethod
    def drawn(cls, spec: FieldSpec, changed: Changed) -> "Widget":
        """Draw the field. A component that looks different from case to case chooses its widget here."""
        return cls(spec, changed)

    @classmethod
    def texts(cls, spec: FieldSpec) -> list[Text]:
        """The texts that become HTML, in the order in which they are drawn."""
        return []

    @classmethod
    def answer_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The label and an answer that isn't empty, as HTML."""
        return labelled(spec.label, cls.value_html(spec, answer))

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """An answer that isn't empty, as HTML."""
        return escape(cls.in_words(spec, answer))

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """An answer that isn't empty, as text."""
        return shortened(plain(answer), LONGEST)

    @classmethod
    def draws_answer(cls, spec: FieldSpec) -> bool:
        """Whether answers are drawn by `draw_answer` and not shown as HTML."""
        return False

    @classmethod
    def draw_answer(cls, spec: FieldSpec, answer: Json) -> None:
        """Draw an answer that isn't empty, read-only."""
        raise NotImplementedError

    def connect(self, ask: Ask) -> None:
        """Reach the action's code from now on."""
        self.ask = ask

    def take(self, spec: FieldSpec) -> bool:
        """Show a display as it is now where it stands; false where it has to be drawn anew."""
        return False

    def renew(self, spec: FieldSpec) -> Call | None:
        """Ask for this instead in the same place, and give what has the page do so; None where it can't be done."""
        return None

    def read(self) -> Json:
        """The answer as it is filled in now."""
        return None

    def show_errors(self, errors: Errors) -> None:
        """Show messages by path below the field; "" is the field itself."""

    def focus(self) -> None:
        """Put the cursor here."""
        put_focus(self.root)


class FieldWidget(Widget):
    """A widget that is one Quasar field: it has a label, a hint, and shows its own error."""

    element: ValidationElement[Any]

    def place(self, element: ValidationElement[Any]) -> None:
        """Take the element that was drawn, with what all fields have."""
        self.root = self.element = element
        element.classes("r-field")
        props = element.props
        props["outlined"] = props["stack-label"] = True
        if self.spec.help_text:
            props["hint"] = self.spec.help_text
        else:
            props["hide-bottom-space"] = True
        if self.spec.disabled:
            props["readonly"] = True
            element.classes("r-disabled")
        element.on_value_change(self._changed)

    def show_errors(self, errors: Errors) -> None:
        """Show the field's own message under it."""
        self.element.error = errors.get("")
        if self.element.error:
            self.element.props["aria-invalid"] = "true"

    def _changed(self) -> None:
        """The message goes as soon as something else is filled in."""
        self.element.props.pop("aria-invalid", None)
        self.changed()


class ErrorLine:
    """The message under a widget that has no place of its own for one."""

    def __init__(self) -> None:
        self._line = text("div", "", "r-error").props('role="alert"')

    def show(self, errors: Errors) -> None:
        """Show the field's own message, or nothing."""
        self._line.set_text(errors.get("", ""))


def label_of(spec: FieldSpec) -> str:
    """The label, which says so where the field may be left empty."""
    may_be_empty = spec.optional and spec.label and not spec.disabled
    return t("{label} (optional)", label=spec.label) if may_be_empty else spec.label


def labelled(label: str, html: str) -> str:
    """A label and an answer's HTML, as parts of a `dl`."""
    return tag("dt", label, "r-key") + f'<dd class="r-value">{html}</dd>'
