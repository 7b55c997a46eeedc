"""The log of a transaction, beside its transcript."""

from nicegui import ui
from nicegui.element import Element

from restival.engine.state.records import LogLine
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.text import text
from restival.ui.elements.times import clock

MOST = 500
"""Lines that are drawn, the newest."""


class LogPanel:
    """Lines as they come, the newest in sight; it folds, and is empty while there are none."""

    def __init__(self, view: Transaction) -> None:
        self._view = view
        self._drawn = 0
        self._place = ui.element("section").classes("r-panel r-log")
        self._place.props["aria-label"] = t("Log")
        self._lines: Element | None = None

    def draw(self) -> None:
        """Add the lines that are new."""
        new = [line for n, line in sorted(self._view.log.items()) if n > self._drawn][-MOST:]
        if not new:
            return
        self._drawn = new[-1].n
        if self._lines is None:
            self._lines = self._list()
        with self._lines:
            for line in new:
                _draw_line(line)
        drawn: list[Element] = self._lines.default_slot.children
        for oldest in drawn[:-MOST]:
            oldest.delete()

    def _list(self) -> Element:
        with self._place, ui.element("details").props("open"):
            with ui.element("summary"):
                text("h2", t("Log"), "r-h3")
            # the box lies upside down, so that it stays at its end while lines come
            with ui.element("div").classes("r-log-scroll").props('tabindex="0" role="region"') as scroll:
                scroll.props["aria-label"] = t("Lines")
                lines = ui.element("ol").classes("r-lines").props('aria-live="polite"')
                lines.props["aria-label"] = t("Log lines")
                return lines


def _draw_line(line: LogLine) -> None:
    with ui.element("li").classes(f"r-line r-line-{line.level}"):
        text("span", clock(line.at), "r-time")
        if line.level == "warning":
            text("span", t("Warning:"), "r-warning")
        text("span", line.text, "r-line-text")
