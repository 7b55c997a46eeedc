"""Code to read and copy."""

from html import escape

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.answer import tag
from restival.ui.widgets.highlight import highlighted
from restival.ui.widgets.widget import Changed, Widget
from restival.words import t


class CodeWidget(Widget):
    """Highlighted code under its label, with a button to copy it."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        code, language = spec.props["code"], spec.props.get("language")
        head = tag("span", spec.label, "r-label") + tag("span", language or "", "r-hint")
        self.root = ui.html(
            f'<div class="r-frame-head">{head}{copy_button()}</div>'
            f'<pre class="r-source" tabindex="0" role="region" aria-label="{escape(spec.label or t("Code"))}">'
            f"<code data-copied>{highlighted(code, language)}</code></pre>",
            sanitize=False,
        ).classes("r-frame")


def copy_button() -> str:
    """Copies what is in the same box; copy.js does it."""
    words = f'<span aria-live="polite">{escape(t("Copy"))}</span>'
    return f'<button type="button" class="r-button r-plain r-copy" data-copy>{words}</button>'
