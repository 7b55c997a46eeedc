"""Links beside something that is shown."""

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

from pydantic import BaseModel

from restival.io.core.urls import LinkTheme, href, is_closed


class MenuItem(TypedDict, total=False):
    """A menu link to a `url`, or to the `route` of an action, with `params` for its start form."""

    label: Required[str]
    url: str
    route: str
    params: Mapping[str, Any]
    theme: LinkTheme
    disabled: bool


class ShownMenuItem(BaseModel):
    """A menu's link as the browser sees it."""

    label: str
    href: str
    theme: LinkTheme = "default"
    disabled: bool = False


def menu(items: Sequence[MenuItem], name: str) -> list[ShownMenuItem]:
    """The links as the browser sees them. Raises ValueError for one that leads nowhere."""
    return [
        ShownMenuItem(
            label=item["label"],
            href=href(item.get("url"), item.get("route"), item.get("params"), f"{name}: {item['label']!r}"),
            theme=item.get("theme", "default"),
            disabled=item.get("disabled", False),
        )
        for item in items
        if not is_closed(item.get("route"))
    ]
