"""What decorators have declared while a project is loaded, so that nothing of it is lost without a word."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypedDict

MARK = "__restival_declared__"
"""The attribute of a function that holds what was declared of it."""


class Declaration(Protocol):
    """What a decorator has made of a function."""

    @property
    def body(self) -> Callable[..., Any]:
        """The function."""

    @property
    def file(self) -> Path:
        """The file in which it is written."""

    @property
    def line(self) -> int:
        """The line there."""


class Listing(TypedDict, total=False):
    """Keywords of all decorators: where what they declare is listed, and for whom."""

    title: str | None
    name: str | None
    description: str | None
    roles: Sequence[str]
    icon: str | None
    slug: str | None
    unlisted: bool


_noted: ContextVar[list[Declaration] | None] = ContextVar("restival_noted", default=None)


def mark(function: Callable[..., Any], declaration: Declaration) -> None:
    """Put a declaration onto its function, and note it if a project is being loaded."""
    setattr(function, MARK, declaration)
    if (noted := _noted.get()) is not None:
        noted.append(declaration)


@contextmanager
def noting() -> Iterator[list[Declaration]]:
    """What is declared in the block."""
    noted: list[Declaration] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


@dataclass(frozen=True)
class Lost:
    """A declaration that nothing leads to, and why."""

    declaration: Declaration
    message: str


def declared_by(module: Any, read: Mapping[str, Any]) -> list[Any]:
    """What a module declares, in the order of the file: its own functions, and those that a helper has made for it.
    `read` are all modules that are read."""
    found = {}
    for item in vars(module).values():
        declaration = carried(item)
        if declaration is None:
            continue
        home = getattr(item, "__module__", None)
        if home == module.__name__ or home not in read:
            found[id(declaration)] = declaration
    return sorted(found.values(), key=lambda each: each.line)


def carried(item: Any) -> Any:
    """The declaration of a function; None where it has none, or only a copy of another one's."""
    declaration = inspect.getattr_static(item, MARK, None) if callable(item) else None
    return declaration if declaration is not None and declaration.body is item else None


def of_the_same_name(lost: Declaration, read: Mapping[str, Any]) -> bool:
    """Whether a later declaration in the same module has taken the name: both count."""
    module = read.get(lost.body.__module__)
    if module is None or lost.body.__qualname__ != lost.body.__name__:
        return False
    other = carried(vars(module).get(lost.body.__name__))
    return other is not None and other is not lost


def lost(noted: Sequence[Declaration], found: Sequence[Declaration], read: Mapping[str, Any]) -> Iterator[Lost]:
    """The declarations that no module leads to."""
    there = {id(each) for each in found}
    for declaration in noted:
        if id(declaration) not in there:
            yield Lost(declaration, _why(declaration, read))


def _why(declaration: Declaration, read: Mapping[str, Any]) -> str:
    name, module = declaration.body.__name__, read.get(declaration.body.__module__)
    if module is not None and callable(vars(module).get(name)):
        return (
            f"{name}: a decorator above @action or @page isn't called. Put @action or @page on top, "
            "and the other decorator below it"
        )
    if "<locals>" not in declaration.body.__qualname__ and "." in declaration.body.__qualname__:
        return f"{declaration.body.__qualname__}: declare it at the top of the file, not in a class"
    return f"{name} is declared here, but isn't assigned to a module-level name: assign it to one"
