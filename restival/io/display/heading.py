"""A heading between other things."""

from collections.abc import Sequence
from typing import Literal

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.link_menu import MenuItem, ShownMenuItem, menu


class HeadingProps(Props):
    """The level of the heading, as in HTML, below the page's own title."""

    level: Literal[2, 3, 4] = 2
    description: str | None = None
    menu_items: list[ShownMenuItem] = []


class Heading(RecordedDisplay):
    """A heading of level 2 (the largest), 3, or 4, with an optional description and links.

    `menu_items` are mappings of `label`, `url` or `route` with `params`, `theme`, and `disabled`.
    Raises ValueError for a link without a target.
    """

    name = "display.heading"
    props_type = HeadingProps

    def __init__(
        self,
        label: str,
        *,
        level: Literal[2, 3, 4] | None = None,
        description: str | None = None,
        menu_items: Sequence[MenuItem] | None = None,
    ) -> None:
        props = HeadingProps(level=level or 2, description=description, menu_items=menu(menu_items or (), "menu_items"))
        super().__init__(label, props)
