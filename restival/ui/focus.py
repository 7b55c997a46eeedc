"""Moving the focus of the keyboard."""

from nicegui.element import Element


def put_focus(element: Element) -> None:
    """Put the focus onto a control that has no method for that."""
    element.client.run_javascript(f"getElement({element.id})?.$el.focus()")
