import random
import sys

from nicegui import events, ui

ROWS = [{"number": number, "word": f"word {number}"} for number in range(100_000)]
random.Random(7).shuffle(ROWS)
COLUMNS = [{"name": name, "label": name, "field": name, "sortable": True} for name in ("number", "word")]


@ui.page("/")
def page() -> None:
    def show() -> None:
        ui.table(rows=ROWS, columns=COLUMNS, row_key="number", pagination=20)

    ui.button("Continue", on_click=show)
    done = ui.label()

    async def uploaded(event: events.UploadEventArguments) -> None:
        done.set_text(f"Remove {event.file.name}")

    ui.upload(auto_upload=True, on_upload=uploaded, multiple=True)


ui.run(port=int(sys.argv[1]), show=False, reload=False, show_welcome_message=False)
