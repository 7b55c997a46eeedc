"""The components that the loaded project declares. The project exchanges them as a whole each time it is loaded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restival.io.custom import CustomComponent

Declared = Mapping[str, "type[CustomComponent[Any]]"]

_declared: Declared = {}


def declared() -> Declared:
    """The project's components by the name under which their specs travel."""
    return _declared


def use_components(components: Declared) -> None:
    """From now on these are the project's components, and no others."""
    global _declared
    _declared = dict(components)
