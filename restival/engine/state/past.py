"""What a transaction that was restarted from a point takes over from the one before."""

import base64
from typing import Literal

from pydantic import BaseModel

from restival.access.person import Person

Done = Literal["run", "sleep", "send"]


FIRST_SIGNAL = 17
"""The number of an invocation's first awakeable."""


ID_BEGIN = "sign_1"


class Command(BaseModel):
    """Something that the other has done, in order. `result` is what was recorded of it; `at` orders what came of it,
    0 where nothing did."""

    done: Done
    name: str = ""
    result: str = ""
    at: int = 0


class Answer(BaseModel):
    """What has resolved an awakeable of the other."""

    body: str
    at: int


class ReplayRecord(BaseModel):
    """The record of the other up to an entry. `awakeables` is what the ids of its awakeables begin with, `answers` are
    by the number of the awakeable; `asked` has the components of its questions by the number of the IO call."""

    transaction: str
    before: int
    by: Person
    seed: int | None = None
    awakeables: str
    commands: list[Command] = []
    answers: dict[int, Answer] = {}
    asked: dict[int, list[str]] = {}
    notices: int = 0
    """How many notifications were sent: nobody gets them twice."""

    def awakeable(self, number: int) -> str:
        """The id that an awakeable of the other had: behind what all have in common, its number in base 64."""
        raw = base64.urlsafe_b64decode(self.awakeables) + (FIRST_SIGNAL + number).to_bytes(4, "big")
        return ID_BEGIN + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def common_of(awakeable: str) -> str:
    """What the ids of all awakeables of the same invocation begin with, for `ReplayRecord`."""
    coded = awakeable.removeprefix(ID_BEGIN)
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))[:-4]).decode()
