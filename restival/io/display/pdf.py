"""A PDF document."""

from restival.io.core.component import Props
from restival.io.core.media import MediaDisplay, one_of
from restival.io.core.urls import media_url


class PdfProps(Props):
    """Where the document is."""

    url: str


class Pdf(MediaDisplay):
    """A PDF in the browser's viewer, with a link for browsers without one.

    `bytes` are stored with the transaction's files.
    Raises ValueError unless `url` is http, https, or a path of the app.
    """

    name = "display.pdf"
    props_type = PdfProps

    def __init__(self, label: str, *, url: str | None = None, bytes: bytes | None = None) -> None:
        where = one_of(f"io.display.pdf({label!r})", url, bytes)
        super().__init__(label, PdfProps(url=media_url(where, "url") if url is not None else ""), bytes)
