"""Draws the components of a page, and brings them up to date one by one."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import background_tasks, ui

from restival.i18n import t
from restival.io.core.call import FieldSpec, Json
from restival.io.core.whole_text import check_event
from restival.io.layout import Tabs
from restival.pages.render import RenderedPage
from restival.ui.elements.content.formatted import soon, unknown
from restival.ui.elements.error_box import draw_failure
from restival.ui.elements.icon import spinner
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Widget
from restival.ui.widgets.layout import LayoutWidget, PanelWidget
from restival.ui.widgets.registry import texts_in, widget_for


@dataclass(frozen=True)
class Guard:
    """Who is in front of the page. `check` raises RestivalError where they may not see it any more."""

    check: Callable[[], None]
    shows_code: Callable[[], bool]


class PageParts:
    """The parts of a page in their order. Those that stay keep what the person has done with them."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._parts: dict[str, Part] = {}
        self._element = ui.element("div").classes("r-parts")

    def take(self, reading: RenderedPage) -> None:
        """Show what was read now."""
        for key in self._parts.keys() - set(reading.top):
            self._parts.pop(key).place.delete()
        for at, key in enumerate(reading.top):
            if key not in self._parts:
                with self._element:
                    self._parts[key] = Part(key, self._guard)
            place = self._parts[key].place
            if self._element.default_slot.children.index(place) != at:
                place.move(target_index=at)
            self._parts[key].take(reading)


class Part:
    """One component, in a place of its own: what goes wrong with it is told there."""

    def __init__(self, key: str, guard: Guard, *, in_tabs: bool = False) -> None:
        self._key, self._guard, self._in_tabs = key, guard, in_tabs
        self._spec: FieldSpec | None = None
        self._widget: Widget | None = None
        self._children: list[Part] = []
        self._told = ""
        with ui.element("div").classes("r-part") as self.place:
            self._failure = ui.element("div")
            self._body = ui.element("div").classes("r-part-body")

    def take(self, reading: RenderedPage) -> None:
        """Show the component as it was read now; where something has to be got first, when it is there."""
        self._reading = reading
        if not reading.is_slow(self._key):
            spec = reading.spec(self._key)
            if not unknown(texts_in([spec])):
                self._show(spec)
                return
        elif self._widget is None and not self._told:
            self._draw_waiting()
        background_tasks.create(self._prepare(reading), name="page part")

    async def _prepare(self, reading: RenderedPage) -> None:
        with self.place:
            try:
                spec = await reading.prefetch(self._key) if reading.is_slow(self._key) else reading.spec(self._key)
                await soon(unknown(texts_in([spec])))
            except Exception as error:
                if not self.place.is_deleted and reading is self._reading:
                    self._fail(error)
                return
            if not self.place.is_deleted and reading is self._reading:
                self._show(spec)

    def _show(self, spec: FieldSpec) -> None:
        self._succeed()
        if self._widget is None or not (self._widget.take(spec) or spec == self._spec):
            self._draw(spec)
        self._spec = spec
        for child in self._children:
            child.take(self._reading)

    def _draw(self, spec: FieldSpec) -> None:
        self._children = []
        with self._body.clear():
            widget = PanelWidget(spec, _nothing) if self._in_tabs else widget_for(spec, _nothing)
            widget.at_once = True
            widget.connect(self._ask)
            if isinstance(widget, LayoutWidget):
                for key in widget.children:
                    with widget.place(key):
                        self._children.append(Part(key, self._guard, in_tabs=spec.component == Tabs.name))
        self._widget = widget

    def _draw_waiting(self) -> None:
        with self._body.clear(), ui.element("div").classes("r-part-waiting").props('role="status"'):
            spinner()
            text("span", t("Loading {name}…", name=label) if (label := self._label) else t("Loading…"))

    @property
    def _label(self) -> str:
        return self._reading.components[self._key].label

    def _fail(self, error: Exception) -> None:
        """Tell it once; what was there before stays."""
        told = f"{type(error).__name__}: {error}"
        if told == self._told:
            return
        self._told = told
        if self._widget is None:
            self._body.clear()
        title = (
            t("{name} couldn't be loaded", name=label) if (label := self._label) else t("This part couldn't be loaded")
        )
        with self._failure.clear():
            draw_failure(title, error, self._again, shows_code=self._guard.shows_code())

    def _succeed(self) -> None:
        if self._told:
            self._told = ""
            self._failure.clear()

    def _again(self) -> None:
        self._guard.check()
        self._succeed()
        self.take(self._reading)

    async def _ask(self, name: str, payload: Json) -> Json:
        self._guard.check()
        check_event(payload)
        return await self._reading.ask(self._key, name, payload)


def _nothing() -> None:
    """A display doesn't change."""
