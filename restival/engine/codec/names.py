"""Classes by their names: what is recorded of them, and how they are found again."""

import importlib
import sys
from typing import Any

from pydantic import BaseModel

from restival.engine.codec.errors import NotReadable, refused

Name = str | dict[str, Any]
"""`module:Class`, or for a generic pydantic model its origin and arguments."""


def name_of(kind: type, value: object) -> Name:
    """The name of a class. Raises NotRecordable for one that can't be found by it."""
    if (known := vars(kind).get("recorded_as")) is not None and kind.__module__.startswith("restival."):
        return str(known)
    generic = getattr(kind, "__pydantic_generic_metadata__", {}) if issubclass(kind, BaseModel) else {}
    if generic.get("origin") is not None:
        return {"of": name_of(generic["origin"], value), "args": [name_of(each, value) for each in generic["args"]]}
    if not isinstance(kind, type) or not _is_found(kind):
        raise refused(value, "its class has to be at the top of a module that can be imported")
    return f"{kind.__module__}:{kind.__qualname__}"


def named(name: Name) -> Any:
    """The class of that name. Raises NotReadable."""
    if isinstance(name, dict):
        return named(name["of"])[tuple(named(each) for each in name["args"])]
    module, _, qualname = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in qualname.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        raise NotReadable(f"the record holds a {qualname} of {module}, which isn't there any more") from None
    return found


def _is_found(kind: type) -> bool:
    """Whether the name leads to the class, or to the same one as it was loaded later."""
    found: Any = sys.modules.get(kind.__module__)
    if found is None or kind.__module__ == "__main__":
        return False
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    return isinstance(found, type) and found.__qualname__ == kind.__qualname__
