"""Any value in a form that JSON and a person can read."""

from typing import Any

from pydantic_core import to_jsonable_python

from restival.io.call import Json


def jsonable(value: Any) -> Json:
    """The value as JSON: models and dataclasses as objects, dates as ISO 8601, decimals as strings, sets as lists,
    and whatever else there is as its `str`."""
    return to_jsonable_python(value, fallback=str, bytes_mode="base64", inf_nan_mode="strings")
