"""A PDF document."""

import json

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.ui.elements.anchor import outward
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget


class PdfWidget(Widget):
    """The browser's viewer under a label, and a link for those that have none."""

    component = "display.pdf"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        label, url = spec.label or t("Document"), spec.props["url"]
        with ui.element("div").classes("r-display") as self.root:
            with ui.element("div").classes("r-display-head"):
                text("div", label, "r-label")
                outward(t("Open {label}", label=label), url)
            viewer = ui.element("iframe").classes("r-pdf")
            # a browser without a viewer would download it
            viewer.props[":src"] = f"navigator.pdfViewerEnabled ? {json.dumps(url)} : undefined"
            viewer.props["title"] = label
            text("p", t("The document can't be shown here. Open it in a new tab."), "r-hint r-pdf-instead")
