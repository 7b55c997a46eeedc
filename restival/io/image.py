"""A picture."""

from restival.io.media import MediaProps, Size
from restival.io.recorded import RecordedDisplay
from restival.io.target import picture_url


class ImageProps(MediaProps):
    """A picture, and what it shows, in words."""

    alt: str = ""


class Image(RecordedDisplay):
    """A picture with a label above it, which may be "".

    `alt` says what it shows for people who don't see it; without it the label does. `width` and `height` are pixels;
    with both the place is kept while it loads. Raises ValueError for a `url` that isn't http, https, a path of the app
    or a data URL of a picture.
    """

    name = "display.image"
    props_type = ImageProps

    def __init__(
        self,
        label: str,
        *,
        url: str,
        alt: str = "",
        size: Size | None = None,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        props = ImageProps(url=picture_url(url, "url"), alt=alt, size=size, width=width, height=height)
        super().__init__(label, props)
