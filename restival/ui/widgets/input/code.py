"""Source text."""

from typing import Any

from restival.io.core.call import FieldSpec, Json
from restival.ui.elements.content.html import tag
from restival.ui.elements.content.plain_text import shortened
from restival.ui.elements.text_field import TextFieldOptions
from restival.ui.widgets.base.widget import LONGEST, Changed, label_of
from restival.ui.widgets.input.text import TextWidget


class CodeWidget(TextWidget):
    """A text area with letters of one width."""

    component = "input.code"
    multiline = True
    checks = False

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.line.classes("r-mono")

    def label(self) -> str:
        """What stands above, with the language."""
        language = self.spec.props.get("language")
        return f"{label_of(self.spec)} ({language})" if language else label_of(self.spec)

    def look(self) -> TextFieldOptions:
        """What the text area looks like."""
        return {
            "attributes": self.attributes(),
            "multiline": True,
            "readonly": self.spec.disabled,
            "hint": self.spec.help_text,
            "most": self.spec.props.get("max_length"),
        }

    def attributes(self) -> dict[str, Any]:
        """The attributes of HTML's text area."""
        lines = self.spec.props.get("lines") or 8
        plain = {"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off", "wrap": "off"}
        return {**plain, "placeholder": self.spec.props.get("placeholder") or "", "style": f"--rows: {lines}"}

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The text as it was typed."""
        return tag("pre", shortened(str(answer), LONGEST), "r-code r-wrap")
