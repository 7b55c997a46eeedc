"""Lines of a log."""

from html import escape

from nicegui import ui

from restival.i18n import t, tn
from restival.io.core.call import FieldSpec
from restival.ui.elements.content.html import tag
from restival.ui.widgets.base.widget import Changed, Widget
from restival.ui.widgets.display.code import copy_button


class LogWidget(Widget):
    """Numbered lines that begin at their end."""

    component = "display.log"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        lines = spec.props["lines"]
        told = tn("{count} line", "{count} lines", len(lines))
        head = tag("span", spec.label, "r-label") + tag("span", told, "r-hint")
        shown = "".join(f"<li><span data-line>{escape(line)}</span></li>" for line in lines)
        self.root = ui.html(
            f'<div class="r-frame-head">{head}{copy_button()}</div>'
            f'<div class="r-journal" tabindex="0" role="region" aria-label="{escape(spec.label or t("Log"))}">'
            f'<ol data-copied style="--r-digits: {len(str(len(lines)))}ch">{shown}</ol></div>',
            sanitize=False,
        ).classes("r-frame")
