"""How good something is, in stars."""

from typing import Annotated

from nicegui import ui
from pydantic import Field

from restival.components import Component, InvalidAnswer, OpenField


class Rating(Component[int]):
    """A number of stars from 1 to `max`. They are radio buttons: the arrow keys and 1, 2, 3 … choose."""

    max: Annotated[int, Field(ge=2, le=10)] = 5

    role = "radiogroup"
    css = """
        .rating { display: inline-flex; flex-wrap: wrap; }
        .rating label { position: relative; width: 40px; height: 40px; display: grid; place-items: center; cursor: pointer; }
        .rating input { position: absolute; inset: 4px; margin: 0; opacity: 0; cursor: inherit; }
        .rating span { font-size: 28px; line-height: 1; color: #d99400; transition: transform .1s; }
        body.body--dark .rating span { color: #ffc46b; }
        .rating label:has(~ label input:checked) span, .rating label:has(input:checked) span { font-variation-settings: "FILL" 1; }
        .rating:not(:has(input:checked)) span, .rating label:has(input:checked) ~ label span { color: var(--r-line-strong); }
        .rating:not([inert]) label:hover span { transform: scale(1.15); }
        .rating label:has(:focus-visible) { outline: 2px solid var(--r-accent); border-radius: 8px; }
        .rating[inert] { opacity: .6; }
    """

    def check(self, value: int) -> int:
        """One of the stars that are shown."""
        if not 1 <= value <= self.max:
            raise InvalidAnswer(f"Please choose 1 to {self.max} stars.")
        return value

    def draw(self, field: OpenField[int]) -> None:
        """Native radio buttons under the stars: the browser brings keyboard and semantics."""
        with ui.element("div").classes("rating") as stars:
            if field.disabled:
                stars.props["inert"] = True
            for number in range(1, self.max + 1):
                with ui.element("label"):
                    radio = ui.element("input").props(f'type=radio name="{stars.html_id}" value={number}')
                    radio.props["aria-label"] = f"{number} star" if number == 1 else f"{number} stars"
                    if field.value == number:
                        radio.props["checked"] = True
                    radio.on("change", lambda number=number: field.change(number), [])
                    ui.element("span").props("aria-hidden=true").props["innerHTML"] = "★"

    def words(self, value: int) -> str:
        """The stars, and in numbers."""
        return f"{'★' * value}{'☆' * (self.max - value)} {value} of {self.max}"
