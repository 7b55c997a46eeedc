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
        approve,
        boolean,
        card_grid,
        chart,
        code,
        code_input,
        color,
        date,
        datetime,
        depends,
        diff,
        email,
        file,
        heading,
        html,
        image,
        layout,
        link,
        list,
        log,
        map,
        markdown,
        metadata,
        number,
        object,
        password,
        pdf,
        progress_steps,
        record,
        rich_text,
        search,
        select_multiple,
        select_single,
        select_table,
        slider,
        spreadsheet,
        table,
        tags,
        text,
        time,
        url,
        variants,
        video,
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
        "input.code": code_input.CodeWidget,
        "input.json": code_input.CodeWidget,
        "input.password": password.PasswordWidget,
        "input.file": file.FileWidget,
        "input.tags": tags.TagsWidget,
        "input.spreadsheet": spreadsheet.SpreadsheetWidget,
        "select.single": select_single.select_single,
        "select.multiple": select_multiple.select_multiple,
        "select.table": select_table.SelectTableWidget,
        "record": record.RecordWidget,
        "list": list.ListWidget,
        "variants": variants.VariantsWidget,
        "display.heading": heading.HeadingWidget,
        "display.markdown": markdown.MarkdownWidget,
        "display.table": table.TableWidget,
        "display.object": object.ObjectWidget,
        "display.grid": card_grid.CardGridWidget,
        "display.chart": chart.ChartWidget,
        "display.code": code.CodeWidget,
        "display.diff": diff.DiffWidget,
        "display.html": html.HtmlWidget,
        "display.image": image.ImageWidget,
        "display.link": link.LinkWidget,
        "display.log": log.LogWidget,
        "display.map": map.MapWidget,
        "display.metadata": metadata.MetadataWidget,
        "display.pdf": pdf.PdfWidget,
        "display.progress_steps": progress_steps.ProgressStepsWidget,
        "display.video": video.VideoWidget,
        "depends": depends.DependsWidget,
        "search": search.SearchWidget,
        "approve": approve.ApproveWidget,
        "confirm": boolean.BooleanWidget,
        "confirm_identity": boolean.BooleanWidget,
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
