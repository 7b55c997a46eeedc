"""A menu of few options, as filters have it: the browser's own."""

from collections.abc import Callable, Mapping

from nicegui import events, ui
from nicegui.element import Element

from restival.ui.elements.text import text


class Select(Element):
    """A labelled menu; `on_change` is called with the value that was chosen."""

    def __init__(self, label: str, options: Mapping[str, str], value: str, on_change: Callable[[str], None]) -> None:
        super().__init__("label")
        self.classes("r-filter")
        with self:
            text("span", label, "r-label")
            with ui.element("span").classes("r-box"), ui.element("select") as menu:
                for key, shown in options.items():
                    option = text("option", shown)
                    option.props["value"] = key
                    if key == value:
                        option.props["selected"] = True
        menu.on("change", lambda event: self._chosen(event, on_change), js_handler="(e) => emit(e.target.value)")

    def _chosen(self, event: events.GenericEventArguments, on_change: Callable[[str], None]) -> None:
        on_change(str(event.args))
