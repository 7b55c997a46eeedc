"""Nested data to look at."""

from typing import Any

from restival.io.call import Json
from restival.io.component import Display, Props
from restival.io.jsonable import jsonable


class ObjectProps(Props):
    """The data as JSON."""

    data: Json


class Object(Display):
    """Nested data that folds."""

    name = "display.object"
    props_type = ObjectProps

    def __init__(self, label: str, *, data: Any) -> None:
        super().__init__(label, ObjectProps(data=jsonable(data)))
