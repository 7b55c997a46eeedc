"""Lines of a log."""

from html import escape

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.answer import tag
from restival.ui.widgets.code import COPY
from restival.ui.widgets.widget import Changed, Widget


class LogWidget(Widget):
    """Numbered lines that begin at their end."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        lines = spec.props["lines"]
        told = f"{len(lines):,} {'line' if len(lines) == 1 else 'lines'}"
        shown = "".join(f"<li><span data-line>{escape(line)}</span></li>" for line in lines)
        self.root = ui.html(
            f'<div class="r-frame-head">{tag("span", spec.label, "r-label")}{tag("span", told, "r-hint")}{COPY}</div>'
            f'<div class="r-journal" tabindex="0" role="region" aria-label="{escape(spec.label or "Log")}">'
            f'<ol data-copied style="--r-digits: {len(str(len(lines)))}ch">{shown}</ol></div>',
            sanitize=False,
        ).classes("r-frame")
