"""Labelled values."""

from typing import Any

from nicegui import background_tasks, ui
from nicegui.element import Element

from restival.errors import RestivalError
from restival.io.call import FieldSpec, Json
from restival.io.metadata import MetadataProps, ShownImage, ShownValue
from restival.ui.button import Button
from restival.ui.icon import spinner
from restival.ui.text import text
from restival.ui.widgets.anchor import anchor
from restival.ui.widgets.grid import shown_cell
from restival.ui.widgets.media import sized
from restival.ui.widgets.object import plain
from restival.ui.widgets.widget import Ask, Changed, Widget
from restival.words import t

THUMBNAIL = 44
"""Pixels."""


class MetadataWidget(Widget):
    """A list of labels and values; those that take their time are asked for one after the other."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._items = MetadataProps.model_validate(spec.props).data
        self._places: list[Element] = []
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            with ui.element("dl").classes(f"r-meta r-meta-{spec.props.get('layout', 'grid')}"):
                for at, item in enumerate(self._items):
                    with ui.element("div").classes("r-meta-item"):
                        text("dt", item.label, "r-key")
                        self._places.append(ui.element("dd").classes("r-value"))
                    self._draw(at)

    def connect(self, ask: Ask) -> None:
        """Ask for the values from now on."""
        super().connect(ask)
        waiting = [at for at, item in enumerate(self._items) if item.loading]
        for at in waiting:
            self._draw(at)
        if waiting:
            background_tasks.create(self._load_all(waiting), name="values")

    async def _load_all(self, waiting: list[int]) -> None:
        with self.root:  # a task of its own doesn't know its page otherwise
            await self._load(waiting)

    async def _load(self, waiting: list[int]) -> None:
        for at in waiting:
            if self.root.is_deleted or self.ask is None:
                return
            item = self._items[at]
            try:
                self._items[at] = ShownValue.model_validate(await self.ask("value", at))
            except RestivalError as error:
                self._items[at] = item.model_copy(update={"loading": False, "error": str(error)})
            if not self.root.is_deleted:
                self._draw(at)

    async def _again(self, at: int) -> None:
        self._items[at] = self._items[at].model_copy(update={"loading": True, "error": None})
        self._draw(at)
        await self._load([at])

    def _draw(self, at: int) -> None:
        item, place = self._items[at], self._places[at]
        place.clear()
        with place:
            if item.loading and self.ask is None:
                text("span", "…", "r-hint").props["title"] = t("Not loaded yet")
            elif item.loading:
                with ui.element("span").props('role="status"'):
                    spinner()
                    text("span", t("Loading…"), "r-unseen")
            elif item.error:
                text("span", item.error, "r-error")
                if self.ask is not None:
                    again = t("Try {label} again", label=item.label)
                    Button(t("Try again"), lambda: self._again(at), look="quiet", name=again)
            else:
                _draw_value(item)


def _draw_value(item: ShownValue) -> None:
    shown = _line(item.value)
    if item.image:
        picture = sized(ui.element("img").classes("r-picture"), _size(item.image))
        picture.props["src"] = item.image.url
        picture.props["alt"] = item.image.alt
    if item.href:
        anchor(shown if item.value is not None else item.label, item.href)
    elif not item.image or item.value is not None:
        text("span", shown)


def _size(image: ShownImage) -> dict[str, Any]:
    """A thumbnail is as high as two lines."""
    return {"height": THUMBNAIL} if image.size == "thumbnail" else {"size": image.size}


def _line(value: Json) -> str:
    """A value in a line, what is nested too."""
    return plain(shown_cell(value)) if isinstance(value, (list, dict)) and value else plain(value)
