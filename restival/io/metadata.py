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
from restival.words import t

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
    loading: bool = False
    error: str | None = None


class MetadataProps(Props):
    """The values, and how they are laid out."""

    data: list[ShownValue]
    layout: Layout = "grid"


class Metadata(RecordedDisplay):
    """Labelled values, in columns (`grid`), one a line (`list`), or in a frame (`card`).

    `data` are mappings of `label` and `value`, with `url` or `route` and `params` where the value is a link, and
    `image` of `url`, `alt` and `size`. A value may be a function, sync or async, without arguments: the display is
    shown at once, and each such value when it is there. What a function raises is told in its place; in an open form
    it can be tried again. Raises ValueError for a link or picture that can't be.
    """

    name = "display.metadata"
    props_type = MetadataProps

    def __init__(self, label: str, *, data: Sequence[MetadataItem], layout: Layout = "grid") -> None:
        self._slow = {at: item["value"] for at, item in enumerate(data) if callable(item.get("value"))}
        super().__init__(label, MetadataProps(data=[_shown(item) for item in data], layout=layout))

    @property
    def has_later(self) -> bool:
        """Values of functions are got after the display was shown."""
        return bool(self._slow)

    async def later(self, progress: Callable[[], None]) -> Json:
        """Run all functions at the same time, and give what came of them."""

        async def one(at: int) -> tuple[str, Json]:
            loaded = await self._load(at)
            self._take(at, loaded)
            progress()
            return str(at), loaded

        return dict(await asyncio.gather(*map(one, self._slow)))

    async def take_later(self, recorded: Json) -> None:
        """Show the values that were recorded."""
        for at, loaded in recorded.items():
            self._take(int(at), loaded)

    async def on_event(self, name: str, payload: Json) -> Any:
        """Run a value's function."""
        if name != "value" or payload not in self._slow or isinstance(payload, bool):
            return await super().on_event(name, payload)
        return {"at": payload, "loaded": await self._load(payload)}

    async def take_event(self, name: str, recorded: Any) -> Json:
        """Keep the value, and give it."""
        return self._take(recorded["at"], recorded["loaded"]).model_dump(mode="json")

    async def _load(self, at: int) -> Json:
        try:
            return {"value": jsonable(await called(self._slow[at]))}
        except Exception as error:
            return {"error": t("This couldn't be loaded: {why}", why=str(error) or type(error).__qualname__)}

    def _take(self, at: int, loaded: Json) -> ShownValue:
        props = self.props.model_copy(deep=True)
        assert isinstance(props, MetadataProps)
        props.data[at] = props.data[at].model_copy(update={"value": None, "error": None, **loaded, "loading": False})
        self.props = props
        return props.data[at]


def _shown(item: MetadataItem) -> ShownValue:
    label = item["label"]
    image = item.get("image")
    return ShownValue(
        label=label,
        value=None if callable(item.get("value")) else jsonable(item.get("value")),
        loading=callable(item.get("value")),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), f"data: {label!r}"),
        image=ShownImage(**{**image, "url": picture_url(image["url"], f"data: {label!r}")}) if image else None,
    )
