from nicegui import ui

from restival.components import Component, OpenField


class Broken(Component[str]):
    def draw(self, field: OpenField[str]) -> None:
        ui.label("half drawn")
        raise RuntimeError("no <b>chart</b> today")


class Plain(Component[str]):
    def draw(self, field: OpenField[str]) -> None:
        ui.input(value=field.value or "", on_change=lambda event: field.change(event.value or None)).props(
            "outlined aria-label=Plain"
        )


class Banner(Component[None]):
    words_shown: str

    def draw(self, field: OpenField[None]) -> None:
        ui.label(self.words_shown)
