"""Labelled values."""

import asyncio
from typing import Any

from nicegui import background_tasks, ui
from nicegui.element import Element

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import FieldSpec, Json
from restival.io.display.metadata import MetadataProps, ShownImage, ShownValue
from restival.io.table.cells import cell_to_text
from restival.ui.elements.anchor import anchor
from restival.ui.elements.button import Button
from restival.ui.elements.content.plain_text import plain
from restival.ui.elements.icon import spinner
from restival.ui.elements.text import text
from restival.ui.widgets.base.media import sized
from restival.ui.widgets.base.widget import Ask, Changed, Widget

THUMBNAIL = 44
"""Pixels."""


class MetadataWidget(Widget):
    """A list of labels and values; those that take their time are asked for one after the other."""

    component = "display.metadata"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._items = MetadataProps.model_validate(spec.props).data
        self._taken = 0
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
        self._load_soon(waiting)

    def take(self, spec: FieldSpec) -> bool:
        """Show other values under the same labels. One that is to be loaded stays as it is until it is there."""
        items = MetadataProps.model_validate(spec.props).data
        if _form(self.spec, self._items) != _form(spec, items):
            return False
        self.spec, self._taken = spec, self._taken + 1
        waiting = [at for at, item in enumerate(items) if item.loading]
        for at, item in enumerate(items):
            if item != self._items[at] and at not in waiting:
                self._items[at] = item
                self._draw(at)
        self._load_soon(waiting)
        return True

    def _load_soon(self, waiting: list[int]) -> None:
        if waiting:
            background_tasks.create(self._load_all(waiting), name="values")

    async def _load_all(self, waiting: list[int]) -> None:
        if self.at_once:
            await asyncio.gather(*map(self._load, waiting))
            return
        for at in waiting:
            await self._load(at)

    async def _load(self, at: int) -> None:
        with self.root:  # a task of its own doesn't know its page otherwise
            if self.root.is_deleted or self.ask is None:
                return
            taken, before = self._taken, self._items[at]
            try:
                item = ShownValue.model_validate(await self.ask("value", at))
            except RestivalError as error:
                item = before.model_copy(update={"loading": False, "error": str(error)})
            if self.root.is_deleted or taken != self._taken:
                return  # newer values are under way
            self._items[at] = item
            if item != before:
                self._draw(at)

    async def _again(self, at: int) -> None:
        self._items[at] = self._items[at].model_copy(update={"loading": True, "error": None})
        self._draw(at)
        await self._load(at)

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
                    again = t("Retry {label}", label=item.label)
                    Button(t("Retry"), lambda: self._again(at), look="quiet", name=again)
            else:
                _draw_value(item)


def _form(spec: FieldSpec, items: list[ShownValue]) -> tuple[Json, ...]:
    """What has to be the same for values to be put in place of others."""
    return (spec.label, spec.props.get("layout"), *(item.label for item in items))


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
    return cell_to_text(value) if isinstance(value, (list, dict)) and value else plain(value)
