"""Labelled values."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from pydantic import BaseModel

from restival.io.call import Json
from restival.io.calling import called
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
    `image` of `url`, `alt` and `size`. A value may be a function, sync or async, without arguments: all are run at the
    same time before the display is shown, and what one raises is told in its place. Raises ValueError for a link or
    picture that can't be.
    """

    name = "display.metadata"
    props_type = MetadataProps

    def __init__(self, label: str, *, data: Sequence[MetadataItem], layout: Layout = "grid") -> None:
        self._slow = {at: item["value"] for at, item in enumerate(data) if callable(item.get("value"))}
        super().__init__(label, MetadataProps(data=[_shown(item) for item in data], layout=layout))

    @property
    def prepares(self) -> bool:
        """Values of functions are recorded."""
        return bool(self._slow)

    async def prepare(self) -> Any:
        """The values of the functions, by position."""
        values = await asyncio.gather(*map(_value, self._slow.values()))
        return dict(zip(map(str, self._slow), values, strict=True))

    async def take_prepared(self, recorded: Any) -> None:
        """Show the values that were recorded."""
        props = self.props.model_copy(deep=True)
        assert isinstance(props, MetadataProps)
        for at, value in recorded.items():
            props.data[int(at)].value = value
        self.props = props


async def _value(function: Callable[[], Any]) -> Json:
    try:
        return jsonable(await called(function))
    except Exception as error:
        return f"This couldn't be loaded: {error or type(error).__qualname__}"


def _shown(item: MetadataItem) -> ShownValue:
    label = item["label"]
    image = item.get("image")
    return ShownValue(
        label=label,
        value=None if callable(item.get("value")) else jsonable(item.get("value")),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), f"data: {label!r}"),
        image=ShownImage(**{**image, "url": picture_url(image["url"], f"data: {label!r}")}) if image else None,
    )
