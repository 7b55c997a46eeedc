"""Scalars of NumPy, which isn't needed for anything else (numpy.org/doc/stable/reference/arrays.scalars.html)."""

import base64
import sys
from collections.abc import Callable
from typing import Any

from restival.engine.restate.codec.errors import NotReadable, refused
from restival.engine.restate.codec.packing import TAG, Packing
from restival.io.core.call import Json

REFERENCES = "OV"
"""Kinds of types that don't hold their value themselves, or have fields."""


def is_numpy(kind: type) -> bool:
    """Whether it is a scalar type of NumPy's, if that is loaded."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and issubclass(kind, numpy.generic)


def pack_numpy(value: Any, packing: Packing) -> Json:
    """Its type and its bytes; texts as texts, as their types cut off NULs."""
    kind, dtype = type(value), value.dtype
    if dtype.kind in REFERENCES or dtype.type is not kind:
        raise refused(value, "convert it, as in .tolist()")
    if dtype.kind == "U":
        return {TAG: "numpystr", "v": packing.value(str.__str__(value))}
    data = base64.b64encode(value.tobytes()).decode()
    if dtype.kind == "S":
        return {TAG: "numpybytes", "v": data}
    # several types are of the same size, as int64 and longlong
    code = dtype.str if _numpy().dtype(dtype.str).type is kind else dtype.char
    return {TAG: "numpy", "v": [code, data]}


def _numpy() -> Any:
    try:
        import numpy
    except ImportError:
        raise NotReadable("the record holds a value of NumPy's, which is no longer installed") from None
    return numpy


def _scalar(parts: Any) -> Any:
    kind, data = parts
    dtype = _numpy().dtype(kind)
    return _numpy().frombuffer(base64.b64decode(data), dtype=dtype)[0] if dtype.itemsize and data else dtype.type()


RESTORED: dict[str, Callable[[Any], Any]] = {
    "numpy": _scalar,
    "numpystr": lambda text: _numpy().str_(text),
    "numpybytes": lambda text: _numpy().bytes_(base64.b64decode(text)),
}
"""By the tag, of what was stored."""
