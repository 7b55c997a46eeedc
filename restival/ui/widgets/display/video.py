"""A video."""

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.ui.elements.text import text
from restival.ui.widgets.base.media import sized
from restival.ui.widgets.base.widget import Changed, Widget


class VideoWidget(Widget):
    """A video with the browser's controls, under its label. Little of it is loaded before it is played."""

    component = "display.video"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            video = sized(ui.element("video").classes("r-video"), spec.props)
            video.props("controls playsinline preload=metadata")
            video.props["src"] = spec.props["url"]
            video.props["aria-label"] = spec.label or t("Video")
            for switch in ("loop", "muted"):
                if spec.props.get(switch):
                    video.props[switch] = True
