"""One renderer for each component, by the component's name."""

from collections.abc import Callable, Mapping
from functools import cache

from restival.io.call import FieldSpec
from restival.ui.widgets.widget import Changed, Widget

__all__ = ["Changed", "Widget", "renderers", "widget_for"]

Renderer = Callable[[FieldSpec, Changed], Widget]


@cache
def renderers() -> Mapping[str, Renderer]:
    """The renderers by component name."""
    from restival.ui.widgets import (  # nested widgets draw others, and so import this module
        boolean,
        date,
        datetime,
        email,
        heading,
        list,
        markdown,
        number,
        object,
        record,
        search,
        select_multiple,
        select_single,
        select_table,
        spreadsheet,
        table,
        text,
        time,
    )

    return {
        "input.text": text.TextWidget,
        "input.email": email.EmailWidget,
        "input.number": number.NumberWidget,
        "input.boolean": boolean.BooleanWidget,
        "input.date": date.DateWidget,
        "input.datetime": datetime.DatetimeWidget,
        "input.time": time.TimeWidget,
        "input.spreadsheet": spreadsheet.SpreadsheetWidget,
        "select.single": select_single.select_single,
        "select.multiple": select_multiple.select_multiple,
        "select.table": select_table.SelectTableWidget,
        "record": record.RecordWidget,
        "list": list.ListWidget,
        "display.heading": heading.HeadingWidget,
        "display.markdown": markdown.MarkdownWidget,
        "display.table": table.TableWidget,
        "display.object": object.ObjectWidget,
        "search": search.SearchWidget,
        "confirm": boolean.BooleanWidget,
    }


def widget_for(spec: FieldSpec, changed: Changed) -> Widget:
    """Draw a field where this is called."""
    return renderers()[spec.component](spec, changed)
