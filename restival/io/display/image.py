"""A picture."""

from restival.io.core.media import MediaDisplay, MediaProps, Size, one_of
from restival.io.core.urls import picture_url


class ImageProps(MediaProps):
    """A picture, and what it shows, in words."""

    alt: str = ""


class Image(MediaDisplay):
    """A picture with a label above it. The label can be "".

    `alt` describes the picture for people who can't see it. Without `alt`, the label does.
    `width` and `height` are in pixels. Set both to reserve the space while the picture loads.
    `bytes` (PNG, JPEG, GIF, or WebP) are stored with the transaction's files.

    Raises ValueError unless `url` is http, https, a path of the app, or a data URL of a picture.
    """

    name = "display.image"
    props_type = ImageProps

    def __init__(
        self,
        label: str,
        *,
        url: str | None = None,
        bytes: bytes | None = None,
        alt: str | None = None,
        size: Size | None = None,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        where = one_of(f"io.display.image({label!r})", url, bytes)
        where = picture_url(where, "url") if url is not None else ""
        props = ImageProps(url=where, alt=alt or "", size=size, width=width, height=height)
        super().__init__(label, props, bytes)
