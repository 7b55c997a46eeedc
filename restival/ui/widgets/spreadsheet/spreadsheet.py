"""Rows of a small spreadsheet."""

import json
from collections.abc import Callable
from typing import Any, cast

from nicegui import events, ui
from nicegui.element import Element

from restival.i18n import as_number, as_typed, current_locale, override_locale, point, t
from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.input.spreadsheet import MOST_ROWS, SpreadsheetProps, is_blank
from restival.isolation.thread_pools import CHECKS
from restival.ui.widgets.base.rows_html import SHOWN_ROWS, answer_rows
from restival.ui.widgets.base.widget import Changed, Widget, label_of
from restival.ui.widgets.spreadsheet.import_dialog import ImportDialog
from restival.ui.widgets.spreadsheet.read_file import KINDS, MOST_BYTES, UnreadableFile, check_size, read_rows

Rows = list[list[str]]


class Sheet(Element, component="sheet/sheet.js", esm={"restival-sheet": "sheet"}):
    """The grid in the browser. It emits `splice` for every change, and takes rows and messages."""

    def __init__(self, spec: FieldSpec, props: SpreadsheetProps, rows: Rows, upload_url: str) -> None:
        super().__init__()
        self._props.update(
            {
                "label": label_of(spec),
                "field": spec.key,
                "hint": spec.help_text or "",
                "columns": [column.model_dump() for column in props.columns],
                "content": json.dumps(rows),  # as text, because NiceGUI watches each list among the props
                "errors": {},
                "disabled": spec.disabled,
                "upload-url": upload_url,
                "accept": ",".join(KINDS),
                "most-bytes": MOST_BYTES,
            }
        )

    def load(self, rows: Rows) -> None:
        """Show other rows."""
        self.run_method("load", rows)

    def show(self, errors: Errors) -> None:
        """Show messages at cells, by "row.column" from 0, and that for all under the grid.

        The browser is told in a way that doesn't send all rows again.
        """
        with self._props.suspend_updates():
            self._props["errors"] = errors
        self.run_method("markCells", errors)


class SpreadsheetWidget(Widget):
    """A grid to type and paste into; a file is imported with a word on which column goes where."""

    component = "input.spreadsheet"
    root: Sheet

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = SpreadsheetProps.model_validate(spec.props)
        self._rows = rows_of(spec.value, self._props)
        with ui.element("div") as self._place:
            upload = ui.upload(on_upload=self._read_file).classes("r-sheet-upload")
            self.root = Sheet(spec, self._props, self._rows, upload.props["url"])
        self.root.on("splice", self._splice)

    def _splice(self, event: events.GenericEventArguments) -> None:
        change = cast(dict[str, Any], event.args)
        start, rows = int(change["from"]), self._rows
        width = len(self._props.columns)
        if start > MOST_ROWS:
            return
        rows.extend([""] * width for _ in range(start - len(rows)))
        rows[start : start + int(change["count"])] = change["rows"]
        self.changed()

    async def _read_file(self, event: events.UploadEventArguments) -> None:
        name = event.file.name
        try:
            check_size(name, event.file.size())
            found = await read_rows(name, await event.file.read())
        except UnreadableFile as error:
            self.root.run_method("read", str(error))
            return
        self.root.run_method("read", "")
        with self._place:
            ImportDialog(name, found, self._props.columns, has_rows=bool(self._filled()), take=self._take)

    async def _take(self, rows: Rows, below: bool) -> None:
        self._rows = [*self._filled(), *rows] if below else rows
        self.root.load(self._rows)
        self.changed()
        with override_locale(current_locale()):  # a thread doesn't know whose page it works for
            self.root.show(await CHECKS.run(errors_in, self._props, self.read()))

    def read(self) -> Json:
        """The rows as they are written, without empty ones at the end; numbers as JSON writes them."""
        return _each_number(self._filled(), self._props, as_number)

    def _filled(self) -> Rows:
        last = len(self._rows)
        while last and is_blank(self._rows[last - 1]):
            last -= 1
        return self._rows[:last]

    def show_errors(self, errors: Errors) -> None:
        """Mark the cells."""
        self.root.show(errors)

    def focus(self) -> None:
        """Put the cursor into the first wrong cell."""
        self.root.run_method("focusFirst")

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The rows."""
        names = [column.name for column in SpreadsheetProps.model_validate(spec.props).columns]
        return answer_rows(names, answer[:SHOWN_ROWS], len(answer))


def errors_in(props: SpreadsheetProps, rows: Rows) -> Errors:
    """What is wrong with the rows."""
    try:
        props.check(rows)
    except InvalidAnswer as refused:
        return refused.errors
    return {}


def rows_of(value: Json, props: SpreadsheetProps) -> Rows:
    """The rows that the field is drawn with; those that don't fit are left out."""
    if not isinstance(value, list):
        return []
    fitting = (row for row in value if isinstance(row, list) and len(row) == len(props.columns))
    return _each_number([[_written(cell) for cell in row] for row in fitting], props, as_typed)


def _each_number(rows: Rows, props: SpreadsheetProps, change: Callable[[str], str]) -> Rows:
    """The rows with their numbers changed between the reader's way of writing and JSON's, where these differ."""
    numbers = [column.type == "number" for column in props.columns]
    if point() == "." or not any(numbers):
        return rows
    return [[change(cell) if numeric else cell for cell, numeric in zip(row, numbers, strict=True)] for row in rows]


def _written(cell: Json) -> str:
    if isinstance(cell, bool):
        return t("yes") if cell else t("no")
    return str(cell) if isinstance(cell, (str, int, float)) else ""
