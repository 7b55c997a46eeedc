"""How large pictures and videos are."""

from typing import Any

from nicegui.element import Element

WIDTHS = {"thumbnail": 96, "small": 240, "medium": 480, "large": 960}


def sized(element: Element, props: dict[str, Any]) -> Element:
    """Give an element the size that its props say; without one it is as large as it comes."""
    width, height = props.get("width"), props.get("height")
    if width or height:
        element.style(f"width: {width}px" if width else "width: auto")
        element.style(f"height: {'auto' if width else f'{height}px'}")
        if width and height:
            element.style(f"aspect-ratio: {width} / {height}")
    elif size := props.get("size"):
        element.style(f"width: {WIDTHS[size]}px")
    return element
