"""How large a value becomes when all that it refers to is written out."""

import collections
from collections.abc import Iterable
from itertools import chain
from typing import Any

from restival.engine.codec.state import state_of

OF_A_CHARACTER = 6
"""So many characters weigh as much as a small number."""
LEAVES = frozenset({int, float, bool, type(None)})
TEXTS = frozenset({str, bytes, bytearray})
SEQUENCES = (list, tuple, set, frozenset, collections.deque)


def weight_of(value: Any, deepest: int) -> int:
    """About the bytes that a value takes at least. What it refers to more than once is looked at once, but counts each
    time; what is deeper than that isn't looked at."""
    return _weight(value, {}, deepest)


def _weight(value: Any, known: dict[int, int], levels: int) -> int:
    kind = type(value)
    if kind in LEAVES or levels < 0:
        return 2
    if kind in TEXTS:
        return 2 + len(value) // OF_A_CHARACTER
    if (before := known.get(id(value))) is not None:
        return before
    known[id(value)] = 0  # while it is looked at: it may contain itself
    found = 2 + sum(_weight(part, known, levels - 1) for part in _parts(value))
    known[id(value)] = found
    return found


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return chain(value.keys(), value.values())
    return value if isinstance(value, SEQUENCES) else state_of(value).values()
