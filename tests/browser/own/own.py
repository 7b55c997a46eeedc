from typing import Any

from components.odd import Banner, Broken, Mistyped, Plain, Unshown

from components.address import Address, Place
from components.rating import Rating
from components.signature import Signature
from restival import IO, action


@action
async def rate(io: IO) -> dict[str, Any]:
    """Stars."""
    odd = io.component(Rating("Odd", default_value=3)).validate(lambda stars: None if stars % 2 else "Not even.")
    answers = await io.group(
        banner=io.component(Banner("", words_shown="<i>Hello</i>")),
        room=io.component(Rating("Room", help_text="Be honest.")),
        odd=odd,
        left=io.component(Rating("Left")).optional(),
        fixed=io.component(Rating("Fixed", default_value=4, disabled=True)),
    )
    return dict(answers)


@action
async def sign(io: IO) -> dict[str, Any]:
    """A signature."""
    signed = await io.component(Signature("Sign here"))
    return {"name": signed.name, "png": signed.png[:4] == b"\x89PNG" if signed.png else None}


@action
async def live(io: IO) -> str:
    """An address."""
    return str(await io.component(Address("Home", lookup=found)))


async def found(typed: str) -> list[Place]:
    return [Place(street=f"{typed} 1", postcode="10115", city="Berlin", country="Germany")]


@action
async def broken(io: IO) -> dict[str, Any]:
    """One field can't be drawn."""
    return dict(await io.group(bad=io.component(Broken("Chart")).optional(), name=io.component(Plain("Name"))))


@action
async def mistyped(io: IO) -> int:
    """A component that gives values of another type."""
    return await io.component(Mistyped("Number"))


@action
async def unshown(io: IO) -> str:
    """An answer that can't be shown."""
    return await io.component(Unshown("Word"))


@action
async def folded(io: IO) -> str:
    """An error that the action finds in a folded part."""
    even = io.component(Rating("Even")).validate(lambda stars: "That is odd." if stars % 2 else None)
    answers = await io.group(more=io.layout.expansion("More", even=even))
    return str(answers.even)


@action
async def broken_and_needed(io: IO) -> str:
    """A field that can't be drawn is required."""
    return await io.component(Broken("Chart"))
