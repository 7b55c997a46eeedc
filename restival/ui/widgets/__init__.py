"""One renderer for each component, by the component's name."""

from collections.abc import Callable, Mapping
from functools import cache

from restival.io.core.call import FieldSpec
from restival.io.core.declared import declared
from restival.ui.widgets.base.widget import Changed, Widget

__all__ = ["Changed", "Widget", "renderers", "widget_for"]

Renderer = Callable[[FieldSpec, Changed], Widget]


@cache
def renderers() -> Mapping[str, Renderer]:
    """The renderers by component name."""
    from restival.ui.widgets import approve, depends, layout, search
    from restival.ui.widgets.display import (
        chart,
        code,
        diff,
        heading,
        html,
        image,
        link,
        log,
        map,
        markdown,
        metadata,
        object,
        pdf,
        progress_steps,
        video,
    )
    from restival.ui.widgets.input import (
        boolean,
        color,
        date,
        datetime,
        email,
        file,
        number,
        password,
        rich_text,
        slider,
        tags,
        text,
        time,
        url,
    )
    from restival.ui.widgets.input import code as code_input
    from restival.ui.widgets.model import list, record, variants
    from restival.ui.widgets.select import multiple as select_multiple
    from restival.ui.widgets.select import single as select_single
    from restival.ui.widgets.spreadsheet import spreadsheet
    from restival.ui.widgets.table import card_grid, select_table, table

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
    from restival.ui.widgets.base.error_widget import BrokenWidget, drawn_or

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
