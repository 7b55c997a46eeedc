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
        code,
        color,
        date,
        datetime,
        email,
        heading,
        list,
        markdown,
        number,
        object,
        password,
        record,
        rich_text,
        search,
        select_single,
        select_table,
        slider,
        table,
        tags,
        text,
        time,
        url,
    )

    return {
        "input.text": text.TextWidget,
        "input.email": email.EmailWidget,
        "input.number": number.NumberWidget,
        "input.boolean": boolean.BooleanWidget,
        "input.date": date.DateWidget,
        "input.datetime": datetime.DatetimeWidget,
        "input.time": time.TimeWidget,
        "input.slider": slider.SliderWidget,
        "input.url": url.UrlWidget,
        "input.rich_text": rich_text.RichTextWidget,
        "input.color": color.ColorWidget,
        "input.code": code.CodeWidget,
        "input.json": code.CodeWidget,
        "input.password": password.PasswordWidget,
        "input.tags": tags.TagsWidget,
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
    }


def widget_for(spec: FieldSpec, changed: Changed) -> Widget:
    """Draw a field where this is called."""
    return renderers()[spec.component](spec, changed)
