"""The log of a transaction, beside its transcript."""

from nicegui import ui

from restival.engine.view import View
from restival.ui.text import text
from restival.ui.when import clock

MOST = 500
"""Lines that are drawn, the newest."""


class LogPanel:
    """Lines as they come; hidden while there are none."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._drawn = 0
        with ui.element("aside").classes("r-log").props('aria-label="Log"') as self._panel:
            text("h2", "Log", "r-h3")
            self._lines = ui.element("ol").classes("r-lines").props('aria-live="polite" tabindex="0" aria-label="Log"')
        self._panel.set_visibility(False)

    def draw(self) -> None:
        """Add the lines that are new."""
        new = [line for n, line in sorted(self._view.log.items()) if n > self._drawn][-MOST:]
        if not new:
            return
        self._panel.set_visibility(True)
        self._drawn = new[-1].n
        with self._lines:
            for line in new:
                with ui.element("li").classes(f"r-line r-line-{line.level}"):
                    text("span", clock(line.at), "r-time")
                    text("span", line.text)
