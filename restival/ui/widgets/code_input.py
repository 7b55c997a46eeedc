"""Source text."""

from typing import Any

from restival.io.call import FieldSpec
from restival.ui.widgets.line import Line
from restival.ui.widgets.text import TextWidget, written
from restival.ui.widgets.widget import Changed, Widget, label_of


class CodeWidget(TextWidget):
    """A text area with letters of one width."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        Widget.__init__(self, spec, changed)
        language = spec.props.get("language")
        self.root = self.line = Line(
            f"{label_of(spec)} ({language})" if language else label_of(spec),
            written(spec.value),
            on_change=self._changed,
            attributes=self.attributes(),
            multiline=True,
            readonly=spec.disabled,
            hint=spec.help_text,
            most=spec.props.get("max_length"),
        )
        self.line.classes("r-mono")

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's text area."""
        lines = self.spec.props.get("lines") or 8
        plain = {"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off", "wrap": "off"}
        return {**plain, "placeholder": self.spec.props.get("placeholder") or "", "style": f"--rows: {lines}"}
