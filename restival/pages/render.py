"""What a page showed at one time: its layout, whose components are made ready and asked each by itself."""

import inspect
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from restival.errors import RestivalError
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.callbacks import run_callback
from restival.io.core.component import Component
from restival.io.core.file_content import content_here
from restival.io.core.link_menu import ShownMenuItem, menu
from restival.io.core.urls import links_for
from restival.isolation.boundary import guest_code, message_of, type_of
from restival.pages.context import PageContext
from restival.pages.files import Shelf
from restival.pages.layout import Layout
from restival.pages.page import Page

T = TypeVar("T")

log = logging.getLogger(__name__)


class Run(Protocol):
    """Runs authors' code somewhere, and gives what it comes to; `holder` is whose code it is."""

    async def __call__(self, work: Callable[[], Coroutine[Any, Any, T]], holder: str) -> T: ...


async def right_here(work: Callable[[], Coroutine[Any, Any, T]], holder: str) -> T:
    """Run it in the loop that asks."""
    return await work()


class PartFailed(RestivalError):
    """The page's code has failed for one of its parts."""


class RenderedPage:
    """A layout that was read. Nothing of it is recorded; its files lie on the shelf until it is closed. `leads` tells
    which routes lead the reader anywhere."""

    def __init__(self, layout: Layout, shelf: Shelf, leads: Callable[[str], bool], run: Run = right_here) -> None:
        self._layout, self._shelf, self._leads, self._run = layout, shelf, leads, run
        self.components: dict[str, Component[Any]] = layout.components
        inside = {key for each in self.components.values() for key in getattr(each.props, "children", ())}
        self.top = [key for key in self.components if key not in inside]
        """The names of the components that stand in no layout, in their order."""

    @classmethod
    async def of(
        cls,
        page: Page,
        context: PageContext,
        params: BaseModel,
        shelf: Shelf,
        leads: Callable[[str], bool],
        run: Run = right_here,
    ) -> "RenderedPage":
        """Read a page; `run` runs its code. Raises what its function raises, or GuestError."""

        async def read() -> RenderedPage:
            with links_for(leads), guest_code():
                return cls(await page.read(context, params), shelf, leads, run)

        return await run(read, page.slug)

    @contextmanager
    def _here(self) -> Iterator[None]:
        with content_here(self._shelf, self._shelf.slug), links_for(self._leads), guest_code():
            yield

    def spec(self, key: str) -> FieldSpec:
        """A component as the browser sees it."""
        return self.components[key].spec(key)

    def is_slow(self, key: str) -> bool:
        """Whether something has to be got before the component can be shown."""
        return self.components[key].needs_prefetch

    async def prefetch(self, key: str) -> FieldSpec:
        """Get it, and give the component as the browser sees it. Raises what the page's code raises."""
        component = self.components[key]

        async def prepared() -> FieldSpec:
            with self._here():
                await component.apply_prefetched(await component.prefetch())
            return component.spec(key)

        return await self._run(prepared, self._shelf.slug)

    async def ask(self, key: str, name: str, payload: Json) -> Json:
        """Have the page's code run for an event of a component. Raises PartFailed with words for the person."""
        component = self.components[key]

        async def asked() -> Json:
            with self._here():
                return await component.apply_event(name, await component.on_event(name, payload))

        try:
            return await self._run(asked, self._shelf.slug)
        except (InvalidAnswer, RestivalError) as refused:
            raise PartFailed(str(refused)) from None
        except Exception as error:
            log.exception("%s of the page %s failed", component.label or component.name, self._shelf.slug)
            raise PartFailed(message_of(error) or type_of(error)) from error

    async def title(self) -> str | None:
        """The title; None where the layout gives none."""
        return await _words(self._layout.title)

    async def description(self) -> str | None:
        """The description; None where the layout gives none."""
        return await _words(self._layout.description)

    async def menu_items(self) -> list[ShownMenuItem]:
        """The links beside the title. Raises ValueError for one that leads nowhere."""
        with self._here():
            return menu(await _value(self._layout.menu_items) or (), "menu_items")

    @property
    def has_slow_head(self) -> bool:
        """Whether title, description or links have to be got."""
        head = (self._layout.title, self._layout.description, self._layout.menu_items)
        return any(callable(each) or inspect.isawaitable(each) for each in head)

    def close(self) -> None:
        """Show it no more."""
        self._shelf.close()


async def _words(given: Any) -> str | None:
    found = await _value(given)
    return None if found is None else str(found)


async def _value(given: Any) -> Any:
    if callable(given):
        return await run_callback(given)
    with guest_code():
        return await given if inspect.isawaitable(given) else given
