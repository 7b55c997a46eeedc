"""What a page shows."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from restival.io.core.component import Component
from restival.io.core.link_menu import MenuItem
from restival.io.display.link import Link
from restival.io.layout import LayoutProps, flattened

Words = str | Awaitable[str] | Callable[[], str | Awaitable[str]]
Links = Sequence[MenuItem] | Awaitable[Sequence[MenuItem]]
MenuItems = Links | Callable[[], Links]
"""A value, or what gives it, sync or async: the page doesn't wait for that."""


class Layout:
    """The content of a page: `Layout(title=…, description=…, menu_items=[…], children=[io.display.table(…), …])`.

    `title`, `description` (Markdown), and `menu_items` are values, or sync or async functions without arguments. The
    page doesn't wait for these functions. `title` and `description` default to those of the declaration. `menu_items`
    are mappings of `label`, `url` or `route` with `params`, `theme`, and `disabled`. `children` can be all of
    io.display and io.layout, and the project's own components that don't ask. Raises ValueError for others.
    """

    def __init__(
        self,
        *,
        title: Words | None = None,
        description: Words | None = None,
        menu_items: MenuItems | None = None,
        children: Sequence[Component[Any]] | None = None,
    ) -> None:
        self.title = title
        self.description = description
        self.menu_items = menu_items
        self.components = _named(_open(flattened(children or ())))
        """The components by name, each layout before what stands in it."""
        for component in self.components.values():
            if component.answerable:
                raise ValueError(
                    f"pages can't ask questions: use io.{component.name}({component.label!r}) in an action, and "
                    "link to the action from the page"
                )


def _open(components: Mapping[str, Component[Any]]) -> dict[str, Component[Any]]:
    """The components without links that don't lead the reader anywhere."""
    kept = {key: each for key, each in components.items() if not (isinstance(each, Link) and each.closed)}
    for each in kept.values():
        if isinstance(each.props, LayoutProps):
            children = [key for key in each.props.children if key in kept]
            each.props = each.props.model_copy(update={"children": children})
    return kept


def _named(components: Mapping[str, Component[Any]]) -> dict[str, Component[Any]]:
    """The components by names that stay the same when others come and go, in layouts too."""
    names = dict(zip(components, _names(components.values()), strict=True))
    for component in components.values():
        if isinstance(component.props, LayoutProps):
            children = [names[key] for key in component.props.children]
            component.props = component.props.model_copy(update={"children": children})
    return {names[key]: component for key, component in components.items()}


def _names(components: Any) -> Iterator[str]:
    times: dict[str, int] = {}
    for component in components:
        name = f"{component.name}:{component.label}"
        times[name] = times.get(name, 0) + 1
        yield name if times[name] == 1 else f"{name}#{times[name]}"
