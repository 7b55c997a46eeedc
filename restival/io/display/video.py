"""A video."""

from restival.io.core.media import MediaDisplay, MediaProps, Size, one_of
from restival.io.core.urls import media_url


class VideoProps(MediaProps):
    """A video; it never starts by itself."""

    loop: bool = False
    muted: bool = False


class Video(MediaDisplay):
    """A video with the browser's controls and a label above it.

    `width` and `height` are in pixels.
    `bytes` (MP4, WebM, or Ogg) are stored with the transaction's files.
    Raises ValueError unless `url` is http, https, or a path of the app.
    """

    name = "display.video"
    props_type = VideoProps

    def __init__(
        self,
        label: str,
        *,
        url: str | None = None,
        bytes: bytes | None = None,
        size: Size | None = None,
        width: int | None = None,
        height: int | None = None,
        loop: bool = False,
        muted: bool = False,
    ) -> None:
        where = one_of(f"io.display.video({label!r})", url, bytes)
        where = media_url(where, "url") if url is not None else ""
        props = VideoProps(url=where, size=size, width=width, height=height, loop=loop, muted=muted)
        super().__init__(label, props, bytes)
