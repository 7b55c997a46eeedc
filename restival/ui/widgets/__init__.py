"""One renderer for each component, by the component's name."""

from collections.abc import Callable, Mapping
from functools import cache

from restival.io.call import FieldSpec
from restival.io.declared import declared
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
        layout,
        list,
        markdown,
        number,
        object,
        record,
        search,
        select_single,
        select_table,
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
        "select.single": select_single.select_single,
        "select.table": select_table.SelectTableWidget,
        "record": record.RecordWidget,
        "list": list.ListWidget,
        "display.heading": heading.HeadingWidget,
        "display.markdown": markdown.MarkdownWidget,
        "display.table": table.TableWidget,
        "display.object": object.ObjectWidget,
        "search": search.SearchWidget,
        "confirm": boolean.BooleanWidget,
        "layout.row": layout.LayoutWidget,
        "layout.columns": layout.ColumnsWidget,
        "layout.tabs": layout.TabsWidget,
        "layout.card": layout.CardWidget,
        "layout.section": layout.TitledWidget,
        "layout.expansion": layout.ExpansionWidget,
        "layout.divider": layout.DividerWidget,
    }


def widget_for(spec: FieldSpec, changed: Changed) -> Widget:
    """Draw a field where this is called. An error in drawing it stays in its place."""
    from restival.ui.widgets.broken import BrokenWidget, drawn_or

    return drawn_or(
        lambda: _renderer(spec.component)(spec, changed),
        lambda error: BrokenWidget(spec, changed, error),
        spec.component,
    )


def _renderer(component: str) -> Renderer:
    from restival.ui.widgets.custom import CustomWidget

    if component in renderers():
        return renderers()[component]
    if component in declared():
        return CustomWidget
    raise LookupError(f"there is no component {component!r}, neither built in nor in components/")
