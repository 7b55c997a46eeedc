from typing import Any

from components.address import Address, Place
from components.rating import Rating
from components.signature import Signature
from restival import IO, action

KNOWN = [
    Place(street="Unter den Linden 6", postcode="10117", city="Berlin", country="Germany"),
    Place(street="Unter den Ulmen 12", postcode="50968", city="Cologne", country="Germany"),
    Place(street="Via Roma 4", postcode="50123", city="Florence", country="Italy"),
    Place(street="Karl Johans gate 22", postcode="0026", city="Oslo", country="Norway"),
]


@action(title="Components of your own", icon="extension")
async def own_components(io: IO) -> dict[str, Any]:
    """Stars, a signature and an address: declared in `components/`, a file each, and used like the built-in fields."""
    stay = await io.group(
        room=io.component(Rating("The room", help_text="Choose with the mouse or the arrow keys.")),
        food=io.component(Rating("The food", max=10, default_value=7)),
        staff=io.component(Rating("The staff")).optional(),
        lastly=io.component(Rating("Your last visit", default_value=4, disabled=True)),
    )
    home = await io.component(
        Address("Where may we write to?", help_text="Try “Unter den” as the street.", lookup=known_places)
    )
    signed = await io.component(Signature("Signature", help_text="With the mouse, a finger or a pen."))
    return {
        "room": stay.room,
        "food": stay.food,
        "staff": stay.staff,
        "address": str(home),
        "signed": signed.name or f"{len(signed.png or b'')} bytes of PNG",
    }


async def known_places(typed: str) -> list[Place]:
    """Here a geocoder would be asked."""
    return [place for place in KNOWN if typed.lower() in place.street.lower()]
