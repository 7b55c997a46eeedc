"""A video."""

from restival.io.media import MediaProps, Size
from restival.io.recorded import RecordedDisplay
from restival.io.target import media_url


class VideoProps(MediaProps):
    """A video; it never starts by itself."""

    loop: bool = False
    muted: bool = False


class Video(RecordedDisplay):
    """A video with the browser's own controls and a label above it.

    `width` and `height` are pixels. Raises ValueError for a `url` that isn't http, https or a path of the app.
    """

    name = "display.video"
    props_type = VideoProps

    def __init__(
        self,
        label: str,
        *,
        url: str,
        size: Size | None = None,
        width: int | None = None,
        height: int | None = None,
        loop: bool = False,
        muted: bool = False,
    ) -> None:
        url = media_url(url, "url")
        super().__init__(label, VideoProps(url=url, size=size, width=width, height=height, loop=loop, muted=muted))
