"""What lists of transactions have in common."""

from collections.abc import Callable

from nicegui.element import Element

from restival.engine.state.summary import TransactionSummary
from restival.site.transactions import status_words
from restival.ui.elements.lifecycle import page_callback
from restival.ui.elements.state_labels import waiting_words
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person

REDRAW_SECONDS = 1.0


class Throttled:
    """Draws again when something has changed, at most once a second, for as long as the page is there."""

    def __init__(
        self, subscribe: Callable[[Callable[[], None]], Callable[[], None]], place: Element, draw: Callable[[], None]
    ) -> None:
        self._place = place
        self._draw = draw
        self._scheduled = False
        self._redraw_later = page_callback(place, self._redraw, REDRAW_SECONDS)
        self._leave = subscribe(self._changed)
        place.client.on_delete(self._leave)

    def _changed(self) -> None:
        if self._place.is_deleted:
            self._leave()
        elif not self._scheduled:
            self._scheduled = True
            self._redraw_later()

    def _redraw(self) -> None:
        self._scheduled = False
        self._draw()


def state_chip(entry: TransactionSummary) -> None:
    """The state in a word, and whom it waits for by name."""
    words = status_words()[entry.status]
    if entry.hands is not None and entry.hands.waits_for:
        words = waiting_words(entry.hands.waits_for, mine=entry.hands.can_answer(current_person()))
    text("span", words, f"r-state r-state-{entry.status.lower()}")
