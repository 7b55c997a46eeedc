"""The attributes of an object as they are stored in it, past its own properties and `__setattr__`."""

import functools
import types
from collections.abc import Callable, Mapping
from typing import Any, Generic, cast

from restival.engine.restate.codec.errors import refused

TYPING = "__orig_class__"
"""What `Pair[int](1)` notes in the instance, for type checks only."""
MOST = 1_000
"""Classes that are looked at only once, also of code that was loaded again."""


class Layout:
    """Where the instances of a class store their attributes."""

    def __init__(self, kind: type) -> None:
        self.slots: dict[str, Any] = {}
        self.managed: set[str] = set()
        """Names that a property or another descriptor stores, wherever that is."""
        self.remembered: set[str] = {TYPING}
        """Names of what can be computed again: `functools.cached_property`."""
        self.also: str = ""
        """The name of a dict, a list or the like that the class is as well."""
        seen: set[str] = set()
        for base in kind.__mro__[:-1]:
            own = vars(base)
            if base is not Generic and isinstance(own.get("__new__"), types.BuiltinFunctionType):
                self.also = base.__name__
            for name in own.keys() - seen:
                self._add(name, own[name])
            seen |= own.keys()

    def _add(self, name: str, item: Any) -> None:
        if isinstance(item, types.MemberDescriptorType):
            self.slots[name] = item
        elif isinstance(item, functools.cached_property):
            self.remembered.add(name)
        elif hasattr(type(item), "__set__"):
            self.managed.add(name)


layout_of: Callable[[type], Layout] = cast(Any, functools.lru_cache(MOST)(Layout))
"""The layout of a class."""


def state_of(value: Any) -> dict[str, Any]:
    """All attributes of an object, without those that are only remembered."""
    layout = layout_of(type(value))
    state = {}
    for name, slot in layout.slots.items():
        try:
            state[name] = slot.__get__(value)
        except AttributeError:
            continue
    own = own_dict(value)
    if layout.remembered.isdisjoint(own):
        state.update(own)
    else:
        state.update((name, item) for name, item in own.items() if name not in layout.remembered)
    return state


def own_dict(value: Any) -> Mapping[str, Any]:
    """The `__dict__` of an object; empty for one that has none."""
    try:
        found: Mapping[str, Any] = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found


def put_state(made: Any, state: Mapping[str, Any]) -> None:
    """Store attributes again; those that the class has no room for any more are left out."""
    slots = layout_of(type(made)).slots
    try:
        own: dict[str, Any] | None = object.__getattribute__(made, "__dict__")
    except AttributeError:
        own = None
    for name, item in state.items():
        if name in slots:
            slots[name].__set__(made, item)
        elif own is not None:
            own[name] = item


def check_is_plain_object(value: object, what: str) -> None:
    """Raises NotRecordable for an object that is a dict, a list or the like as well."""
    if also := layout_of(type(value)).also:
        raise refused(value, f"it is both {what} and a {also}: return one of them")
