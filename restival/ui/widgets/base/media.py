"""Pictures and videos: under their label, and as large as they should be."""

from typing import Any

from nicegui import ui
from nicegui.element import Element

from restival.io.core.call import FieldSpec
from restival.ui.elements.text import text

WIDTHS = {"thumbnail": 96, "small": 240, "medium": 480, "large": 960}


def labelled_media(spec: FieldSpec, tag: str, classes: str) -> tuple[Element, Element]:
    """Draws an `img` or a `video` under its label, and returns the whole and the element itself."""
    with ui.element("div").classes("r-display") as root:
        if spec.label:
            text("div", spec.label, "r-label")
        media = sized(ui.element(tag).classes(classes), spec.props)
        media.props["src"] = spec.props["url"]
    return root, media


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
