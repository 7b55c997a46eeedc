import sys

from nicegui import ui


@ui.page("/")
def page() -> None:
    place = ui.column()
    answers = []

    def show(number: int) -> None:
        place.clear()
        with place:
            field = ui.input(f"Value {number}")

            def proceed() -> None:
                answers.append(field.value)
                show(number + 1)

            ui.button("Continue", on_click=proceed)

    show(1)


ui.run(port=int(sys.argv[1]), show=False, reload=False, show_welcome_message=False)
