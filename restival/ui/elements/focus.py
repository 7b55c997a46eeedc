"""Moving the focus of the keyboard."""

import json

from nicegui.element import Element


def put_focus(element: Element, *, gently: bool = False) -> None:
    """Put the focus onto the first field in an element, one with an error before others.

    `gently` is for what appears by itself: it is scrolled into sight, but never opens a phone's keyboard nor takes the
    focus from a control elsewhere on the page (a link may have led here, so it gives way).
    """
    element.client.run_javascript(f"restival.focus({element.id}, {json.dumps(gently)})")
