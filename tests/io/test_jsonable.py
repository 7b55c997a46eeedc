"""Whatever an action returns can be shown, or one clear error says why not."""

import dataclasses
import json
import pathlib
from typing import Any

import pytest
from pydantic import BaseModel

from restival.io.jsonable import jsonable


@dataclasses.dataclass
class Found:
    file: str


class Seen(BaseModel):
    files: list[str]


class Silent:
    def __str__(self) -> str:
        raise SystemExit(1)


@pytest.mark.parametrize(
    "value",
    [
        "caf\udce9.txt",
        {"caf\udce9": ["\ud83d", ("x\udce9", {"y\udce9"})]},
        Found("caf\udce9"),
        Seen(files=["caf\udce9"]),
        pathlib.Path("caf\udce9"),
        Silent(),
        [float("nan"), float("inf")],
        b"\xff",
        pytest.param(10**5000, id="large"),
    ],
)
def test_it_can_be_sent(value: Any) -> None:
    json.dumps(jsonable(value), ensure_ascii=False, allow_nan=False).encode()


def test_half_characters_are_escapes() -> None:
    assert jsonable({"file": "caf\udce9.txt"}) == {"file": "caf\\udce9.txt"}


def test_what_contains_itself_is_named() -> None:
    made: list[Any] = ["\udce9"]
    made.append(made)
    with pytest.raises(ValueError, match=r"contains itself|Circular"):
        jsonable(made)
