"""What a page's elements do in the browser without being drawn anew.

NiceGUI's browser side goes through all elements of the page for every element that changes. What a person waits for is
told to its element alone, and all of it in one message, so that the browser draws once.
"""

import json
from typing import Any

from nicegui import Client
from nicegui.element import Element

Call = tuple[int, str, *tuple[Any, ...]]
"""The id of an element, the name of a method of its script (or of the HTML element), and the arguments."""


def make(client: Client, calls: list[Call], focus: Element | None = None) -> None:
    """Have a page make these calls, in their order, and then put the focus gently into an element."""
    then = [focus.id, True] if focus is not None else None
    code = f"restival.call({json.dumps(calls)}, {json.dumps(then)})"
    client.outbox.enqueue_message("run_javascript", {"code": code}, client.id)  # `run_javascript` does it in a new task
