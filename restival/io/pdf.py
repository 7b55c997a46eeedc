"""A PDF document."""

from restival.io.component import Props
from restival.io.recorded import RecordedDisplay
from restival.io.target import media_url


class PdfProps(Props):
    """Where the document is."""

    url: str


class Pdf(RecordedDisplay):
    """A PDF in the browser's own viewer, with a link for browsers that have none.

    Raises ValueError for a `url` that isn't http, https or a path of the app.
    """

    name = "display.pdf"
    props_type = PdfProps

    def __init__(self, label: str, *, url: str) -> None:
        super().__init__(label, PdfProps(url=media_url(url, "url")))
