"""What pictures and videos have in common."""

from typing import Literal

from restival.io.component import Props

Size = Literal["thumbnail", "small", "medium", "large"]
"""At most 96, 240, 480 or 960 pixels wide; never wider than the page."""


class MediaProps(Props):
    """Where it is, and how large it is drawn: `width` and `height` in pixels come before `size`."""

    url: str
    size: Size | None = None
    width: int | None = None
    height: int | None = None
