"""What the kinds of values need of each other to be recorded and read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from restival.engine.restate.codec.names import Name
from restival.io.core.call import Json

TAG = "$"
"""The key that tells a recorded value with a type from a dict."""

Unpack = Callable[[Json], Any]
Record = dict[str, Any]
"""A value with its tag, as it was recorded."""


class Packing(Protocol):
    """Records the parts of a value. Raises NotRecordable, and whatever the value's own methods raise."""

    def value(self, value: Any) -> Json:
        """Any value."""

    def items(self, values: Iterable[Any]) -> list[Json]:
        """Values in their order."""

    def pairs(self, value: Mapping[Any, Any]) -> list[Json]:
        """The keys and values of a dict, whatever the keys are."""

    def fields(self, values: Mapping[str, Any]) -> dict[str, Json]:
        """The fields of an object."""

    def name(self, kind: type, value: object) -> Name:
        """The name of the value's class, or of one that it refers to."""


Pack = Callable[[Any, Packing], Json]
"""Records a value of one kind."""


def unpacked_fields(fields: Mapping[str, Any], unpack: Unpack) -> dict[str, Any]:
    """The fields of an object again."""
    return {name: unpack(item) for name, item in fields.items()}
