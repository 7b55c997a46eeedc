"""Which components a project's modules declare, and where."""

import inspect
import linecache
from types import ModuleType
from typing import Any

from restival.io.custom import CustomComponent


def components_of(module: ModuleType) -> list[type[CustomComponent[Any]]]:
    """The components in a module: its own, and those that it imports to offer them to the project."""
    return [item for item in vars(module).values() if _is_component(item)]


def line_of(component: type[CustomComponent[Any]]) -> tuple[str, int]:
    """File and line of a component's class."""
    file = inspect.getfile(component)
    linecache.checkcache(file)
    return file, inspect.getsourcelines(component)[1]


def _is_component(item: object) -> bool:
    return isinstance(item, type) and issubclass(item, CustomComponent) and hasattr(item, "adapter")
