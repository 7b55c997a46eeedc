"""A line or a paragraph of text."""

from typing import Any

from restival.io.call import Errors, FieldSpec, Json
from restival.ui.widgets.line import Line
from restival.ui.widgets.widget import Changed, Widget, label_of

LINES = 4


class TextWidget(Widget):
    """An input, or a text area where several lines are asked for."""

    kind = "text"
    """The type of HTML's input."""
    drawn_empty = False
    """Whether what was filled in before isn't shown again."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        multiline = bool(spec.props.get("multiline"))
        self.root = self.line = Line(
            label_of(spec),
            "" if self.drawn_empty else written(spec.value),
            on_change=self._changed,
            attributes=self.attributes(),
            multiline=multiline,
            readonly=spec.disabled,
            prefix=self.prefix(),
            hint=spec.help_text,
            most=spec.props.get("max_length"),
        )
        if not multiline:
            self.last_line = self.line

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

    def _changed(self) -> None:
        """The message goes as soon as something else is filled in."""
        self.line.error = None
        self.changed()


def written(value: Json) -> str:
    """A value as it stands in an input."""
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
