"""A PDF document."""

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.text import text
from restival.ui.widgets.anchor import outward
from restival.ui.widgets.widget import Changed, Widget
from restival.words import t


class PdfWidget(Widget):
    """The browser's viewer under a label, and a link for those that have none."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        label, url = spec.label or t("Document"), spec.props["url"]
        with ui.element("div").classes("r-display") as self.root:
            with ui.element("div").classes("r-display-head"):
                text("div", label, "r-label")
                outward(t("Open {label}", label=label), url)
            with ui.element("object").classes("r-pdf").props('type="application/pdf"') as viewer:
                text("p", t("The document can't be shown here. Open it in a new tab."), "r-hint")
            viewer.props["data"] = url
            viewer.props["aria-label"] = label
