"""Where something is drawn that keeps itself up to date."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import ParamSpec

from nicegui.element import Element

from restival.ui.session.nicegui_private import WatchedElement

P = ParamSpec("P")


class Place(WatchedElement):
    """Says when it is gone, because the person went elsewhere or closed the browser."""


class LivePlace(Place):
    """The place of a declared page; it takes another site by itself while it is live."""

    live = True


def page_callback(place: Element, draw: Callable[P, None], after: float = 0) -> Callable[P, None]:
    """Returns `draw` as a listener to changes that happen outside of the page. It is called `after` seconds later, in
    the place and in the page's own context instead of that of whoever made the change; not at all if the place is gone.
    """
    context = copy_context()

    def drawn(*arguments: P.args, **keywords: P.kwargs) -> None:
        if not place.is_deleted:
            with place:
                draw(*arguments, **keywords)

    def changed(*arguments: P.args, **keywords: P.kwargs) -> None:
        asyncio.get_running_loop().call_later(after, partial(drawn, *arguments, **keywords), context=context)

    return changed
