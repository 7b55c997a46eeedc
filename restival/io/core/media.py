"""What pictures, videos and documents have in common."""

from typing import Any, Literal

from restival.io.core.call import FieldSpec
from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.file_content import content
from restival.io.core.registry import component_of
from restival.isolation.owner import transaction

Size = Literal["thumbnail", "small", "medium", "large"]
"""At most 96, 240, 480 or 960 pixels wide; never wider than the page."""

BEGINNINGS = {
    b"\x89PNG": "picture.png",
    b"\xff\xd8\xff": "picture.jpg",
    b"GIF8": "picture.gif",
    b"RIFF": "picture.webp",
    b"%PDF": "document.pdf",
    b"\x1aE\xdf\xa3": "video.webm",
    b"OggS": "video.ogg",
}
"""How files begin, and a name for each."""


class MediaProps(Props):
    """Where it is, and how large it is drawn: `width` and `height` in pixels come before `size`."""

    url: str
    size: Size | None = None
    width: int | None = None
    height: int | None = None


class MediaDisplay(RecordedDisplay):
    """A display of something at a URL, or of bytes: those are kept with the transaction's files, not in its record."""

    def __init__(self, label: str, props: Props, data: bytes | None) -> None:
        super().__init__(label, props)
        self._data = data

    @property
    def needs_prefetch(self) -> bool:
        """Bytes are kept before they are shown."""
        return self._data is not None

    async def prefetch(self) -> Any:
        """Keep the bytes, and give their address."""
        data = self._data or b""
        name = name_of(data)
        return content().url(await content().keep(transaction.get(), name, data), name)

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show what was kept."""
        self.props = self.props.model_copy(update={"url": recorded})


def media_url(spec: FieldSpec) -> str:
    """The address of what a field shows; "" if it shows no picture, video or document."""
    component = component_of(spec)
    return str(spec.props.get("url", "")) if component and issubclass(component, MediaDisplay) else ""


def one_of(call: str, url: str | None, data: bytes | None) -> str:
    """The URL, or an empty one until the bytes are kept. Raises ValueError unless one of the two is given."""
    if (url is None) == (data is None):
        raise ValueError(f"{call} takes url or bytes")
    return url or ""


def name_of(data: bytes) -> str:
    """A name for bytes, whose ending says what they are."""
    if data[4:8] == b"ftyp":
        return "video.mp4"
    return next((name for beginning, name in BEGINNINGS.items() if data.startswith(beginning)), "file.bin")
