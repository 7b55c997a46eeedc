"""Which column of a file goes into which column of the spreadsheet."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.i18n import t, tn
from restival.io.core.options import Option
from restival.io.input.spreadsheet import SheetColumn
from restival.ui.elements.button import Button
from restival.ui.elements.text import text
from restival.ui.widgets.base.option_menu import draw_menu
from restival.ui.widgets.base.rows_html import answer_table

PREVIEW = 3
LONGEST_SAMPLE = 30
Rows = list[list[str]]
Take = Callable[[Rows, bool], Awaitable[None]]


class ImportDialog:
    """Asks for the columns of a file; those of the same name are found. `take` gets the rows, in the spreadsheet's
    columns, and whether they go below those that are there."""

    def __init__(self, name: str, rows: Rows, columns: list[SheetColumn], *, has_rows: bool, take: Take) -> None:
        self._rows = rows
        self._columns = columns
        self._take = take
        self._named = holds_names(rows, columns)
        self._sources = sources(rows, columns)
        with ui.dialog(value=True) as self._dialog, ui.element("div").classes("r-card r-dialog r-import"):
            self._dialog.props["aria-label"] = t("Import {name}", name=name)
            text("h2", t("Import {name}", name=name), "r-h2")
            text("p", t("Match the columns of the file."), "r-hint")
            ui.switch(
                t("First row contains the column names"), value=self._named, on_change=lambda e: self._name(e.value)
            )
            with ui.element("div").classes("r-import-columns"):
                for position in range(len(columns)):
                    self._draw_menu(position)
            self._preview = ui.html("", sanitize=False).classes("r-import-preview")
            self._below = ui.switch(t("Keep existing rows")).classes("r-import-keep")
            self._below.set_visibility(has_rows)
            with ui.element("div").classes("r-buttons"):
                Button(t("Cancel"), self._dialog.close, look="quiet")
                with Button("", self._import, look="primary").props("autofocus") as self._button:
                    self._count = text("span", "")
        self._dialog.on("hide", self._dialog.delete)
        self._show()

    def _draw_menu(self, position: int) -> None:
        column = self._columns[position]
        label = t("{label} (optional)", label=column.name) if column.optional else column.name
        names = file_columns(self._rows)
        source = self._sources[position]
        menu = draw_menu(label, names, value=None if source is None else str(source), clearable=True)
        menu.props("outlined stack-label").classes("r-field")
        menu.on_value_change(lambda event: self._choose(position, event.value))

    def _choose(self, position: int, key: str | None) -> None:
        self._sources[position] = None if key is None else int(key)
        self._show()

    def _name(self, named: bool) -> None:
        self._named = named
        self._show()

    def _show(self) -> None:
        count = len(self._rows) - self._named
        self._count.set_text(tn("Import {count} row", "Import {count} rows", count))
        self._button.set_enabled(count > 0 and any(source is not None for source in self._sources))
        names = [column.name for column in self._columns]
        self._preview.set_content(answer_table(names, self._mapped(PREVIEW)))

    def _mapped(self, most: int | None = None) -> Rows:
        rows = self._rows[self._named :][:most]
        return [["" if source is None else row[source] for source in self._sources] for row in rows]

    async def _import(self) -> None:
        self._dialog.close()
        await self._take(self._mapped(), self._below.value)


def file_columns(rows: Rows) -> list[Option]:
    """The columns of a file by what stands in their first rows."""
    options = []
    for position, name in enumerate(rows[0]):
        sample = rows[1][position] if len(rows) > 1 else ""
        shown = t("e.g. {sample}", sample=sample[:LONGEST_SAMPLE]) if sample else None
        label = name[:LONGEST_SAMPLE] or t("Column {number}", number=position + 1)
        options.append(Option(key=str(position), label=label, description=shown))
    return options


def holds_names(rows: Rows, columns: list[SheetColumn]) -> bool:
    """Whether the first row seems to hold names: one of ours, or different words only."""
    first = [_plain(cell) for cell in rows[0]]
    if any(_plain(column.name) in first for column in columns):
        return True
    words = all(cell and not any(letter.isdigit() for letter in cell) for cell in first)
    return len(rows) > 1 and words and len(set(first)) == len(first)


def sources(rows: Rows, columns: list[SheetColumn]) -> list[int | None]:
    """The position in the file for each column: that of the same name, or where no name fits the same position."""
    first = [_plain(cell) for cell in rows[0]]
    found = [first.index(_plain(column.name)) if _plain(column.name) in first else None for column in columns]
    if any(source is not None for source in found):
        return found
    return [position if position < len(first) else None for position in range(len(columns))]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
