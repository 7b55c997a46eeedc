"""A picture."""

from restival.io.core.call import FieldSpec
from restival.ui.widgets.base.media import labelled_media
from restival.ui.widgets.base.widget import Changed, Widget


class ImageWidget(Widget):
    """A picture under its label."""

    component = "display.image"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root, picture = labelled_media(spec, "img", "r-picture")
        picture.props["alt"] = spec.props.get("alt") or spec.label
