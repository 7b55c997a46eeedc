import sys

from nicegui import events, ui

WORDS = [f"word {number}" for number in range(2_000)]
SIZE = 20


@ui.page("/")
def page() -> None:
    found = ui.list().props("role=listbox")

    def search(event: events.ValueChangeEventArguments) -> None:
        found.clear()
        with found:
            for word in [word for word in WORDS if event.value in word][:10]:
                ui.item(word).props("role=option")

    ui.input("Word", on_change=search)
    at = [0]
    table = ui.table(rows=rows(0), columns=[{"name": "word", "label": "word", "field": "word"}], row_key="word")

    def turn() -> None:
        at[0] += SIZE
        table.rows = rows(at[0])

    ui.button("Next page", on_click=turn)
    done = ui.label()

    async def uploaded(event: events.UploadEventArguments) -> None:
        done.set_text(f"Remove {event.file.name}")

    ui.upload(auto_upload=True, on_upload=uploaded, multiple=True)


def rows(first: int) -> list[dict[str, str]]:
    return [{"word": word} for word in WORDS[first : first + SIZE]]


ui.run(port=int(sys.argv[1]), show=False, reload=False, show_welcome_message=False)
