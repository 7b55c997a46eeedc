"""Answered calls of a transcript, one after the other."""

from nicegui.element import Element

from restival.ui.elements.browser_calls import Call


class Answered(Element, component="answered_list.js"):
    """Pieces of HTML in one element: a piece more costs the browser no look at those before it."""

    def __init__(self) -> None:
        super().__init__()
        self._props["items"] = []

    def add(self, html: str) -> Call:
        """Append a piece, and give what has the page do so where it has drawn the element already."""
        items: list[str] = self._props["items"]
        with self._props.suspend_updates():
            items.append(html)
        return (self.id, "add", len(items) - 1, html)
