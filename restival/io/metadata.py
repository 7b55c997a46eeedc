"""Labelled values."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from pydantic import BaseModel

from restival.io.call import Json
from restival.io.component import Props
from restival.io.jsonable import jsonable
from restival.io.media import Size
from restival.io.recorded import RecordedDisplay
from restival.io.target import maybe_href, picture_url

Layout = Literal["grid", "list", "card"]


class MetadataImage(TypedDict, total=False):
    """A picture beside a value."""

    url: Required[str]
    alt: str
    size: Size


class MetadataItem(TypedDict, total=False):
    """A value with its label; it is a link where there is a `url`, or a `route` with `params`."""

    label: Required[str]
    value: Any
    url: str
    route: str
    params: Mapping[str, Any]
    image: MetadataImage


class ShownImage(BaseModel):
    """A picture as the browser sees it."""

    url: str
    alt: str = ""
    size: Size = "thumbnail"


class ShownValue(BaseModel):
    """A labelled value as the browser sees it."""

    label: str
    value: Json = None
    href: str | None = None
    image: ShownImage | None = None


class MetadataProps(Props):
    """The values, and how they are laid out."""

    data: list[ShownValue]
    layout: Layout = "grid"


class Metadata(RecordedDisplay):
    """Labelled values, in columns (`grid`), one a line (`list`), or in a frame (`card`).

    `data` are mappings of `label` and `value`, with `url` or `route` and `params` where the value is a link, and
    `image` of `url`, `alt` and `size`. Raises ValueError for a link or picture that can't be.
    """

    name = "display.metadata"
    props_type = MetadataProps

    def __init__(self, label: str, *, data: Sequence[MetadataItem], layout: Layout = "grid") -> None:
        super().__init__(label, MetadataProps(data=[_shown(item) for item in data], layout=layout))


def _shown(item: MetadataItem) -> ShownValue:
    label = item["label"]
    image = item.get("image")
    if callable(item.get("value")):
        raise ValueError(f"data: the value of {label!r} is a function; give what it returns")
    return ShownValue(
        label=label,
        value=jsonable(item.get("value")),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), f"data: {label!r}"),
        image=ShownImage(**{**image, "url": picture_url(image["url"], f"data: {label!r}")}) if image else None,
    )
