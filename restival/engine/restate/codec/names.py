"""Classes by their names: what is recorded of them, and how they are found again."""

import functools
import importlib
import operator
import sys
import types
import typing
from typing import Any

from pydantic import BaseModel

from restival.engine.restate.codec.errors import NotReadable, refused, told
from restival.engine.restate.codec.own_names import is_own, own_name, place_of

Name = str | dict[str, Any]
"""`module:Class`, `restival:Class` for Restival's own, or for what has type arguments its origin and arguments."""

OWN = "it is internal to Restival: return the values that you need from it"
AT_THE_TOP = "define its class at the top level of an importable module"
ARGUMENTS = "its type arguments can't be recorded: define a subclass, such as class Rows(Page[Row])"


def name_of(kind: type, value: object) -> Name:
    """The name of a class. Raises NotRecordable for one that can't be found by it."""
    if is_own(kind):
        if (name := own_name(kind)) is None:
            raise refused(value, OWN)
        return name
    if issubclass(kind, BaseModel) and (generic := kind.__pydantic_generic_metadata__)["origin"] is not None:
        return _generic(kind, generic["origin"], generic["args"], value)
    if not _is_found(kind):
        raise refused(value, AT_THE_TOP)
    return f"{kind.__module__}:{kind.__qualname__}"


def named(name: Name) -> Any:
    """What has that name. Raises NotReadable."""
    if isinstance(name, dict):
        return _with_arguments(name)
    module, _, qualname = place_of(name).partition(":")
    try:
        found: Any = sys.modules.get(module) or importlib.import_module(module)
        for part in qualname.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        raise NotReadable(f"the record holds a {qualname} of {module}, which no longer exists") from None
    except BaseException as error:  # a module may raise anything while it is imported
        raise NotReadable(
            f"the record holds a {qualname} of {module}, which can't be imported: {told(error)}"
        ) from None
    return found


def named_class(name: Name) -> Any:
    """The class of that name. Raises NotReadable."""
    if not isinstance(found := named(name), type):
        raise NotReadable(f"the record holds a {name}, which is no longer a class")
    return found


def _with_arguments(name: dict[str, Any]) -> Any:
    if "literal" in name:
        return operator.getitem(typing.Literal, tuple(name["literal"]))
    arguments = tuple(named(each) for each in name["union" if "union" in name else "args"])
    if "union" in name:
        return functools.reduce(operator.or_, arguments)
    try:
        return named(name["of"])[arguments]
    except NotReadable:
        raise
    except Exception as error:
        raise NotReadable(f"the record holds a {name['of']} with other type arguments: {told(error)}") from None


def _generic(kind: Any, origin: Any, arguments: tuple[Any, ...], value: object, of: Name | None = None) -> Name:
    """The name of a class or type with arguments. Raises NotRecordable if it isn't the same again with those."""
    name = {"of": of or _argument(origin, value), "args": [_argument(each, value) for each in arguments]}
    again = (origin if of is None else named(of))[arguments]
    if again is not kind and (again != kind or type(again) is not type(kind)):
        raise refused(value, ARGUMENTS)
    return name


def _argument(kind: Any, value: object) -> Name:
    """The name of a type argument. Raises NotRecordable."""
    if isinstance(kind, type) and not isinstance(kind, types.GenericAlias):
        return "types:NoneType" if kind is types.NoneType else name_of(kind, value)
    if kind is None:
        return "builtins:None"
    if kind is Ellipsis:
        return "builtins:Ellipsis"
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal and all(type(each) in (str, int, bool, type(None)) for each in arguments):
        return {"literal": list(arguments)}
    if origin is types.UnionType:
        return {"union": [_argument(each, value) for each in arguments]}
    alias = f"typing:{_word(kind, origin)}"
    if origin is None or (not arguments and _leads_to(alias, kind)):
        return _own_name(kind, alias, value)
    return _generic(kind, origin, arguments, value, alias if type(kind).__module__ == "typing" else None)


def _word(kind: Any, origin: Any) -> str:
    """What the module `typing` calls it."""
    if origin is typing.Union:
        return "Union"
    return str(getattr(kind, "_name", None) or getattr(kind, "__name__", ""))


def _own_name(kind: Any, alias: str, value: object) -> Name:
    """Of `Any`, a NewType or a type alias."""
    own = f"{getattr(kind, '__module__', '')}:{getattr(kind, '__qualname__', getattr(kind, '__name__', ''))}"
    for name in (alias, own):
        if _leads_to(name, kind):
            return name
    raise refused(value, ARGUMENTS)


def _leads_to(name: Name, kind: Any) -> bool:
    try:
        found = named(name)
    except NotReadable:
        return False
    return found is kind


def _is_found(kind: type) -> bool:
    """Whether the name leads to the class, or to the same one as it was loaded later."""
    found: Any = sys.modules.get(kind.__module__)
    if found is None or kind.__module__ == "__main__":
        return False
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is kind or (isinstance(found, type) and _same(found, kind))


def _same(found: type, kind: type) -> bool:
    return (found.__module__, found.__qualname__) == (kind.__module__, kind.__qualname__)
