"""What type checkers know of a declared component. Nothing here runs: the type check of the repository reads it."""

from typing import Annotated, assert_type

from pydantic import Field

from restival import IO
from restival.components import Component


class Stars(Component[int]):
    max: Annotated[int, Field(ge=2)] = 5
    words_below: list[str]


async def asks(io: IO) -> None:
    assert_type(await io.component(Stars("How?", words_below=[], max=3, help_text="help", default_value=2)), int)
    assert_type(await io.component(Stars("How?", words_below=[])).optional(), int | None)
    io.component(Stars("How?", words_below=[])).validate(lambda stars: "odd" if stars % 2 else None)
    Stars("How?")  # type: ignore[call-arg]
    Stars("How?", words_below=[], mox=3)  # type: ignore[call-arg]
    Stars("How?", words_below=[], default_value="many")  # type: ignore[arg-type]
