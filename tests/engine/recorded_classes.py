"""Classes whose instances the tests record."""

import collections
import dataclasses
import enum
import uuid
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, RootModel
from pydantic.dataclasses import dataclass as pydantic_dataclass

T = TypeVar("T")


class Color(str, enum.Enum):  # noqa: UP042
    RED = "red"
    BLUE = "blue"


class Shade(enum.StrEnum):
    DARK = "dark"


class Size(enum.IntEnum):
    S = 1
    L = 3


class Plain(enum.Enum):
    LIST = ("a", 1)
    NONE = None


class Perm(enum.Flag):
    READ = 1
    WRITE = 2


class IntPerm(enum.IntFlag):
    A = 1
    B = 4


class Row(NamedTuple):
    id: int
    name: str = "nobody"


OldRow = collections.namedtuple("OldRow", ["a", "b"])


@dataclasses.dataclass
class Point:
    x: int
    tags: list[str] = dataclasses.field(default_factory=list)
    total: int = dataclasses.field(init=False, default=7)


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    value: Any


@pydantic_dataclass
class Checked:
    value: int


class Model(BaseModel):
    name: str
    tags: list[str] = Field(default_factory=list)
    _secret: int = PrivateAttr(default=3)


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str = "x"


class Box(BaseModel, Generic[T]):
    value: T


class Numbers(RootModel[list[int]]):
    pass


class DriverUUID(uuid.UUID):
    """As drivers of databases have."""


class Money(int):
    pass


class Markup(str):
    pass


class Bag(dict[str, int]):
    pass


class Rude:
    """Whose own methods all fail."""

    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    def __hash__(self) -> int:
        raise RuntimeError("no")

    def __getattribute__(self, name: str) -> Any:
        raise KeyboardInterrupt
