"""Code to read and copy."""

from html import escape

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.ui.elements.content.formatted import Text, show
from restival.ui.elements.content.html import tag
from restival.ui.widgets.base.widget import Changed, Widget


class CodeWidget(Widget):
    """Code under its label, with a button to copy it; it is highlighted as soon as that is done."""

    component = "display.code"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        code, language = spec.props["code"], spec.props.get("language")
        head = tag("span", spec.label, "r-label") + tag("span", language or "", "r-hint")
        place = self.root = ui.html("", sanitize=False).classes("r-frame")

        def draw(html: str | None = None) -> None:
            place.set_content(
                f'<div class="r-frame-head">{head}{copy_button()}</div>'
                f'<pre class="r-source" tabindex="0" role="region" aria-label="{escape(spec.label or t("Code"))}">'
                f"<code data-copied>{escape(code) if html is None else html}</code></pre>"
            )

        show(place, self.texts(spec), draw)

    @classmethod
    def texts(cls, spec: FieldSpec) -> list[Text]:
        """The code, if its language is known."""
        language = spec.props.get("language")
        return [Text("code", (spec.props["code"], language))] if language else []


def copy_button() -> str:
    """Copies what is in the same box; copy.js does it."""
    words = f'<span aria-live="polite">{escape(t("Copy"))}</span>'
    return f'<button type="button" class="r-button r-plain r-copy" data-copy>{words}</button>'
