from nicegui import ui

from restival.components import Component, OpenField


class Stars(Component[int]):
    most: int = 5

    def draw(self, field: OpenField[int]) -> None:
        ui.number(value=field.value, max=self.most, on_change=lambda event: field.change(event.value))
