"""A video."""

from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.ui.widgets.base.media import labelled_media
from restival.ui.widgets.base.widget import Changed, Widget


class VideoWidget(Widget):
    """A video with the browser's controls, under its label. Little of it is loaded before it is played."""

    component = "display.video"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root, video = labelled_media(spec, "video", "r-video")
        video.props("controls playsinline preload=metadata")
        video.props["aria-label"] = spec.label or t("Video")
        for switch in ("loop", "muted"):
            if spec.props.get(switch):
                video.props[switch] = True
