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


class Unshown(Component[str]):
    def draw(self, field: OpenField[str]) -> None:
        ui.input(value=field.value or "", on_change=lambda event: field.change(event.value)).props(
            "outlined aria-label=Unshown"
        )

    def show(self, value: str) -> None:
        ui.label("half shown")
        raise RuntimeError("not today")


class Mistyped(Component[int]):
    def draw(self, field: OpenField[int]) -> None:
        ui.button("Good", on_click=lambda: field.change(7))
        ui.button("Bad", on_click=lambda: field.change("seven"))  # type: ignore[arg-type]


class Banner(Component[None]):
    words_shown: str

    def draw(self, field: OpenField[None]) -> None:
        ui.label(self.words_shown)
