"""How good something is, in stars."""

from typing import Annotated

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from pydantic import Field

from restival.components import Component, InvalidAnswer, OpenField


class Rating(Component[int]):
    """A number of stars from 1 to `max`."""

    max: Annotated[int, Field(ge=2, le=10)] = 5

    role = "radiogroup"
    css = """
        .rating { display: inline-flex; flex-wrap: wrap; margin-left: -6px; }
        .rating label { position: relative; width: 40px; height: 40px; display: grid; place-items: center; }
        .rating input { position: absolute; inset: 4px; margin: 0; appearance: none; outline: none; }
        .rating i { font: 28px/1 sans-serif; color: light-dark(#d99400, #ffc46b); pointer-events: none; }
        .rating:not(:has(:checked)) i, .rating label:has(:checked) ~ label i { color: var(--r-line-strong); }
        .rating label:has(:focus-visible) { outline: 2px solid var(--r-accent); border-radius: 8px; }
        .rating label:has(:enabled), .rating :enabled { cursor: pointer; }
        .rating label:has(:enabled):hover i { transform: scale(1.15); }
        .rating:has(:disabled) { opacity: .6; }
    """

    def check(self, value: int) -> int:
        """One of the stars that are shown."""
        if not 1 <= value <= self.max:
            raise InvalidAnswer(f"Please choose 1 to {self.max} stars.")
        return value

    def draw(self, field: OpenField[int]) -> None:
        """Native radio buttons under the stars: the browser brings keyboard and semantics."""
        with ui.element("div").classes("rating") as stars:
            for number in range(1, self.max + 1):
                with ui.element("label"):
                    radio = ui.element("input").props(f'type=radio name="{stars.html_id}" value={number}')
                    radio.props["aria-label"] = f"{number} star" if number == 1 else f"{number} stars"
                    radio.props["checked"] = field.value == number
                    radio.props["disabled"] = field.disabled
                    radio.on("change", lambda number=number: field.change(number), [])
                    TextElement(tag="i", text="★").props("aria-hidden=true")

    def words(self, value: int) -> str:
        """The stars, and in numbers."""
        return f"{'★' * value}{'☆' * (self.max - value)} {value} of {self.max}"
