"""A picture."""

from restival.io.media import MediaDisplay, MediaProps, Size, one_of
from restival.io.target import picture_url


class ImageProps(MediaProps):
    """A picture, and what it shows, in words."""

    alt: str = ""


class Image(MediaDisplay):
    """A picture with a label above it, which may be "".

    `alt` says what it shows for people who don't see it; without it the label does. `width` and `height` are pixels;
    with both the place is kept while it loads. Raises ValueError for a `url` that isn't http, https, a path of the app
    or a data URL of a picture. `bytes` (PNG, JPEG, GIF, WebP) are kept with the transaction's files.
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
