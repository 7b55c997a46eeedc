"""Where something is drawn that keeps itself up to date."""

from collections.abc import Callable

from nicegui.element import Element


class Place(Element):
    """Says when it is gone, because the person went elsewhere or closed the browser."""

    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__("div")
        self._gone = gone

    def _handle_delete(self) -> None:
        self._gone()
        super()._handle_delete()


class LivePlace(Place):
    """The place of a declared page; it takes another site by itself while it is live."""

    live = True
