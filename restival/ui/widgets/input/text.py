"""A line or a paragraph of text."""

from typing import Any

from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.core.registry import check_answers
from restival.io.input.text import TextInput, TextProps
from restival.ui.elements.browser_calls import Call
from restival.ui.elements.text_field import TextField, TextFieldOptions
from restival.ui.widgets.base.widget import Changed, Widget, label_of

LINES = 4
LEFT = """(event) => {
  if (event.relatedTarget?.closest(".r-send")) return;
  if (document.querySelector(":active")) addEventListener("pointerup", () => setTimeout(emit), { once: true });
  else emit();
}"""
"""Tells that the field was left, unless it was left to send the form, which checks all; not before a click is over,
which would miss its target where a message moves that away."""


class TextWidget(Widget):
    """An input, or a text area where several lines are asked for."""

    component = "input.text"
    kind = "text"
    """The type of HTML's input."""
    drawn_empty = False
    """Whether what was filled in before isn't shown again."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._know()
        self.root = self.line = TextField(self.label(), self._text(), on_change=self._changed, **self.look())
        if not self.multiline:
            self.last_line = self.line
        if self.checks:
            self.line.on("focusout", self._check, js_handler=LEFT)

    def renew(self, spec: FieldSpec) -> Call | None:
        """Ask for this instead, in the same place."""
        before, former = self._kind(), self.spec
        self.spec = spec
        if self._kind() != before:
            self.spec = former
            return None
        self._know()
        return self.line.renew(self.label(), self._text(), **self.look())

    def _know(self) -> None:
        """Take what the props say."""

    def _text(self) -> str:
        return "" if self.drawn_empty else written(self.spec.value)

    def _kind(self) -> tuple[str, bool, bool]:
        """What an element can't change any more."""
        return self.spec.component, self.multiline, self.checks

    @property
    def multiline(self) -> bool:
        """Whether it takes several lines."""
        return bool(self.spec.props.get("multiline"))

    @property
    def checks(self) -> bool:
        """Whether the length is checked when the field is left."""
        return any(_limits(self.spec)) and not self.spec.disabled

    def label(self) -> str:
        """What stands above."""
        return label_of(self.spec)

    def look(self) -> TextFieldOptions:
        """What the line looks like."""
        limits, most = _limits(self.spec)
        return {
            "attributes": self.attributes(),
            "multiline": self.multiline,
            "readonly": self.spec.disabled,
            "prefix": self.prefix(),
            "hint": sentences(self.spec.help_text, limits) or None,
            "most": most,
        }

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's input."""
        props = self.spec.props
        shared = {"placeholder": props["placeholder"]} if props.get("placeholder") else {}
        if props.get("multiline"):
            lines = props.get("lines") or LINES
            return {**shared, "rows": lines, "style": f"--rows: {lines}"}
        return {**shared, "type": self.kind, "autocomplete": "off" if self.kind == "text" else "on"}

    def prefix(self) -> str | None:
        """What stands before the text."""
        return None

    def read(self) -> Json:
        """The text as it was typed."""
        return self.line.value or None

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the field."""
        self.line.error = errors.get("")

    def _check(self) -> None:
        """Tell of a wrong length before the form is sent."""
        if not self.line.value:
            return
        try:
            check_answers([self.spec], {self.spec.key: self.read()})
        except InvalidAnswer as refused:
            self.line.error = refused.errors[self.spec.key]

    def _changed(self) -> None:
        """The message goes as soon as something else is filled in."""
        self.line.error = None
        self.changed()


def _limits(spec: FieldSpec) -> tuple[str, int | None]:
    """The lengths that are allowed: in words, and the longest as what a counter counts to."""
    if spec.component != TextInput.name:
        return "", spec.props.get("max_length")
    props = TextProps.model_validate(spec.props)
    return props.limits(), None if props.is_exact else props.max_length


def sentences(first: str | None, second: str) -> str:
    """Two hints as one, each a sentence."""
    if first and second and first[-1:] not in ".!?:":
        first += "."
    return " ".join(filter(None, (first, second)))


def written(value: Json) -> str:
    """A value as it stands in an input."""
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
