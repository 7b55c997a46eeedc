"""Whether an attempt repeats what an earlier one has recorded."""

from typing import Any


def is_replaying(context: Any) -> bool:
    """Whether the next thing that this context does is in its record already."""
    return bool(context.vm.is_replaying())
