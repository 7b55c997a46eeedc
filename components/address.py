"""A postal address, with suggestions where the action can look addresses up."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any

from nicegui import events, ui
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from restival.components import Component, Errors, InvalidAnswer, Json, OpenField, RestivalError
from restival.ui.elements.text_field import TextField

Text = Annotated[str, Field(max_length=200)]
MOST_SUGGESTIONS = 8
SHORTEST_QUERY = 3


class Place(BaseModel):
    """A postal address."""

    street: Text = ""
    postcode: Text = ""
    city: Text = ""
    country: Text = ""

    def __str__(self) -> str:
        town = f"{self.postcode} {self.city}".strip()
        return "\n".join(line for line in (self.street, town, self.country) if line)


Lookup = Callable[[str], Awaitable[Iterable[Place]]]
SUGGESTIONS = TypeAdapter(list[Place])

LINES = {
    "street": ("Street and number", "street-address", "Please enter the street and number."),
    "postcode": ("Postcode", "postal-code", "Please enter the postcode."),
    "city": ("City", "address-level2", "Please enter the city."),
    "country": ("Country", "country-name", "Please enter the country."),
}


class Address(Component[Place]):
    """Street, postcode, city and country.

    `lookup` is an async function of the action's: it gets what was typed as the street and gives the places that it may
    mean; they are suggested. It runs in the action, so its results are recorded.
    """

    suggests: bool = False

    css = """
        .address { display: grid; grid-template-columns: minmax(96px, 1fr) minmax(0, 2fr); }
        .address { gap: 14px 16px; padding-top: 4px; }
        .address > .address-wide { grid-column: 1 / -1; min-width: 0; }
        .address-found { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
        .address-found:empty { display: none; }
        .address-found button { text-align: left; min-height: 34px; font-weight: 480; }
    """

    def __init__(
        self,
        label: str,
        *,
        lookup: Lookup | None = None,
        help_text: str | None = None,
        default_value: Place | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            label,
            help_text=help_text,
            default_value=default_value,
            disabled=disabled,
            suggests=lookup is not None,
        )
        self.lookup = lookup

    def check(self, value: Place) -> Place:
        """All four lines."""
        place = Place(**{key: " ".join(said.split()) for key, said in value.model_dump().items()})
        if missing := {key: LINES[key][2] for key, said in place.model_dump().items() if not said}:
            raise InvalidAnswer(missing)
        return place

    def words(self, value: Place) -> str:
        """As it is written on an envelope."""
        return str(value)

    async def on_event(self, name: str, payload: Json) -> Any:
        """What the action's lookup finds."""
        if name != "lookup" or self.lookup is None or not isinstance(payload, str):
            return await super().on_event(name, payload)
        found = list(await self.lookup(payload[:200]))[:MOST_SUGGESTIONS]
        return [place.model_dump() for place in found]

    def draw(self, field: OpenField[Place]) -> None:
        """Four lines; suggestions stand below the street."""
        Lines(self, field)


class Lines:
    """The lines of an address in an open form."""

    def __init__(self, address: Address, field: OpenField[Place]) -> None:
        self._field = field
        self._query = ""
        place = field.value or Place()
        with ui.element("div").classes("address"):
            self._lines = {key: self._line(key, getattr(place, key)) for key in LINES}
        if address.suggests and not field.disabled:
            self._suggest_below_the_street()
        field.on_errors(self._show_errors)

    def _line(self, key: str, value: str) -> TextField:
        label, autocomplete, _ = LINES[key]
        with ui.element("div").classes("" if key in ("postcode", "city") else "address-wide") as cell:
            line = TextField(
                label,
                value,
                on_change=self._changed,
                attributes={"type": "text", "autocomplete": autocomplete},
                readonly=self._field.disabled,
            )
        if key == "street":
            self._street_cell = cell
        return line

    def _suggest_below_the_street(self) -> None:
        with self._street_cell:
            self._found = ui.element("div").classes("address-found").props('role="group" aria-label="Suggestions"')
            self._told = ui.element("span").classes("r-unseen").props('role="status"')
        self._lines["street"].on("change", self._look_up, throttle=0.4, leading_events=False)

    async def _look_up(self, _: events.GenericEventArguments) -> None:
        query = self._lines["street"].value.strip()
        if query == self._query:
            return
        self._query = query
        try:
            found = await self._field.ask("lookup", query) if len(query) >= SHORTEST_QUERY else []
            places = SUGGESTIONS.validate_python(found)
        except (RestivalError, ValidationError):
            places = []  # suggestions are a help: without them the address is typed
        if query == self._query and not self._found.is_deleted:
            self._suggest(places)

    def _suggest(self, places: list[Place]) -> None:
        self._found.clear()
        with self._found:
            for place in places:
                button = ui.element("button").classes("r-button r-plain").props("type=button")
                button.on("click", lambda place=place: self._take(place), [])
                with button:
                    ui.label(str(place).replace("\n", ", "))

    def _take(self, place: Place) -> None:
        for key, line in self._lines.items():
            line.set_value(getattr(place, key))
        self._query = place.street
        self._found.clear()
        self._changed()

    def _changed(self) -> None:
        for line in self._lines.values():
            line.error = None
        place = Place(**{key: line.value[:200] for key, line in self._lines.items()})
        self._field.change(place if any(place.model_dump().values()) else None)

    def _show_errors(self, errors: Errors) -> None:
        for key, line in self._lines.items():
            line.error = errors.get(key)
