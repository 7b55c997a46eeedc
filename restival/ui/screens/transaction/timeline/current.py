"""What a transaction waits for now, and for how long already."""

from collections.abc import Sequence
from datetime import datetime

from nicegui import ui

from restival.engine.client.timeline import Span
from restival.engine.state.transaction import Transaction
from restival.ui.elements.text import text
from restival.ui.screens.transaction.retry_button import RetryButton
from restival.ui.screens.transaction.timeline.labels import waiting
from restival.ui.session.services import Services


class Now:
    """A line above the timeline; empty once the transaction has ended."""

    def __init__(self, services: Services, view: Transaction) -> None:
        with ui.element("div").classes("r-now") as self._place:
            self._text = text("p", "")
            self._retry = RetryButton(services, view)
        self._place.set_visibility(False)

    def draw(self, spans: Sequence[Span], now: datetime) -> None:
        """Bring it up to date."""
        open_ones = [span for span in spans if span.goes_on]
        words = waiting(open_ones[-1], now) if open_ones else ""
        self._place.set_visibility(bool(words))
        self._text.set_text(words)
        self._retry.draw()
