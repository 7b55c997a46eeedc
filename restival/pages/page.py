"""`@page` and what it declares."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, Unpack, overload

from pydantic import BaseModel

from restival.actions.action import DeclarationError, parameters, place_of
from restival.actions.declarations import Listing, mark
from restival.io.api import IO
from restival.io.core.callbacks import run_callback
from restival.io.model.form import ModelForm
from restival.pages.context import PageContext
from restival.pages.layout import Layout

PageBody = Callable[..., Layout | Awaitable[Layout]]
P = TypeVar("P", bound=PageBody)
Refresh = float | timedelta | Literal["change"]
CHANGE: Literal["change"] = "change"
SHORTEST = 0.5
"""Seconds between two refreshes."""

PASSED_BY_ANNOTATION: Mapping[type, str] = {IO: "io", IO.Display: "display", PageContext: "ctx"}


@dataclass(frozen=True)
class Page:
    """A declared page. `slug` is its address; `refresh` is in seconds, or "change"."""

    slug: str
    title: str
    description: str
    roles: tuple[str, ...]
    icon: str | None
    unlisted: bool
    refresh: float | Literal["change"] | None
    body: PageBody
    injected: Mapping[str, str]
    """Parameters that get `io`, `io.display` or `ctx`, by parameter name."""
    params: type[BaseModel]
    """The other parameters as a model: what the link's query string has to give."""
    file: Path
    line: int
    is_index: bool = False
    """Whether its address is that of a folder, which it stands for."""

    @property
    def group(self) -> str:
        """The folder of the page, "" at the top; one that stands for a folder lies in that."""
        return self.slug if self.is_index else self.slug.rpartition("/")[0]

    def inside(self, group: str) -> "Page":
        """The same page, lying in that folder; one without a name of its own stands for the folder."""
        return replace(self, slug="/".join(filter(None, (group, self.slug))), is_index=not self.slug)

    def params_form(self) -> ModelForm[BaseModel]:
        """The component that asks for the parameters."""
        return ModelForm(self.params)

    async def read(self, context: PageContext, params: BaseModel) -> Layout:
        """Run its function; a sync one in a thread. Raises what that raises, and TypeError for another result."""
        offered = {"io": IO(), "display": IO.display, "ctx": context}
        passed = {name: offered[kind] for name, kind in self.injected.items()}
        given = {name: getattr(params, name) for name in self.params.model_fields}
        layout = await run_callback(partial(self.body, **passed, **given))
        if not isinstance(layout, Layout):
            raise TypeError(f"a page must return restival.Layout(…), not {type(layout).__name__}")
        return layout


class PageOptions(Listing, total=False):
    """Keywords of `@page`."""

    refresh: Refresh | None


@overload
def page(body: P) -> P: ...


@overload
def page(**options: Unpack[PageOptions]) -> Callable[[P], P]: ...


def page(
    body: P | None = None,
    *,
    title: str | None = None,
    name: str | None = None,
    description: str | None = None,
    roles: Sequence[str] = (),
    icon: str | None = None,
    slug: str | None = None,
    unlisted: bool = False,
    refresh: Refresh | None = None,
) -> P | Callable[[P], P]:
    """Declares a sync or async function as a page. It returns a Layout each time the page is opened or refreshed.

    `title` (or `name`) and `description` default to the function's name and docstring. `icon` is the name of a
    Material icon. `unlisted` pages can be opened but aren't listed. With an empty `slug`, the page is that of its
    folder. `refresh` is how often an open page is refreshed, in seconds, or "change": when a transaction of an action
    in its folder or below changes.

    Raises DeclarationError for a parameter without a type, a type that has no field, and an invalid `refresh`.
    """

    def declare(function: P) -> P:
        file, line = place_of(function, "@page")
        injected, params = parameters(function, PASSED_BY_ANNOTATION, file, line)
        declared = Page(
            slug=slug if slug is not None else function.__name__.replace("_", "-"),
            title=title or name or function.__name__.replace("_", " ").strip().capitalize(),
            description=description if description is not None else inspect.getdoc(function) or "",
            roles=tuple(roles),
            icon=icon,
            unlisted=unlisted,
            refresh=_refresh(refresh, function.__name__, file, line),
            body=function,
            injected=injected,
            params=params,
            file=file,
            line=line,
        )
        mark(function, declared)
        return function

    return declare if body is None else declare(body)


def _refresh(given: Refresh | None, name: str, file: Path, line: int) -> float | Literal["change"] | None:
    if given is None or given == CHANGE:
        return None if given is None else CHANGE
    seconds = given.total_seconds() if isinstance(given, timedelta) else given
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < SHORTEST:
        message = f'{name}: refresh={given!r}: pass at least {SHORTEST} seconds, or "{CHANGE}"'
        raise DeclarationError(message, file, line)
    return float(seconds)
