"""Labelled values."""

from typing import Any

from nicegui import ui

from restival.io.call import FieldSpec, Json
from restival.io.metadata import MetadataProps, ShownImage, ShownValue
from restival.ui.text import text
from restival.ui.widgets.anchor import anchor
from restival.ui.widgets.grid import shown_cell
from restival.ui.widgets.media import sized
from restival.ui.widgets.object import plain
from restival.ui.widgets.widget import Changed, Widget

THUMBNAIL = 44
"""Pixels."""


class MetadataWidget(Widget):
    """A list of labels and values."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = MetadataProps.model_validate(spec.props)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            with ui.element("dl").classes(f"r-meta r-meta-{props.layout}"):
                for item in props.data:
                    _draw(item)


def _draw(item: ShownValue) -> None:
    with ui.element("div").classes("r-meta-item"):
        text("dt", item.label, "r-key")
        shown = _line(item.value)
        with text("dd", "" if item.href or item.image else shown, "r-value"):
            if item.image:
                picture = sized(ui.element("img").classes("r-picture"), _size(item.image))
                picture.props["src"] = item.image.url
                picture.props["alt"] = item.image.alt
            if item.href:
                anchor(shown if item.value is not None else item.label, item.href)
            elif item.image and item.value is not None:
                text("span", shown)


def _size(image: ShownImage) -> dict[str, Any]:
    """A thumbnail is as high as two lines."""
    return {"height": THUMBNAIL} if image.size == "thumbnail" else {"size": image.size}


def _line(value: Json) -> str:
    """A value in a line, what is nested too."""
    return plain(shown_cell(value)) if isinstance(value, (list, dict)) and value else plain(value)
