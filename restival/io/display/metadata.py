"""Labelled values."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Literal, Required, TypedDict, TypeVar, cast

from pydantic import BaseModel

from restival.i18n import t
from restival.io.core.call import Json
from restival.io.core.callbacks import run_callback
from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.jsonable import jsonable
from restival.io.core.media import Size
from restival.io.core.urls import maybe_href, picture_url
from restival.isolation.boundary import guest_code, message_of, type_of

V = TypeVar("V")
Layout = Literal["grid", "list", "card"]
Slow = Callable[[], V | Awaitable[V]] | Awaitable[V]


class MetadataImage(TypedDict, total=False):
    """A picture next to a value."""

    url: Required[str]
    alt: str
    size: Size


class MetadataItem(TypedDict, total=False):
    """A labeled value. It is a link if it has a `url`, or a `route` with `params`.

    Everything except the label can be a function without arguments, or an awaitable.
    """

    label: Required[str]
    value: Any
    url: str | Slow[str]
    route: str | Slow[str]
    params: Mapping[str, Any] | Slow[Mapping[str, Any]]
    image: MetadataImage | Slow[MetadataImage | None]


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
    """Labeled values in columns (`grid`), one per line (`list`), or in a frame (`card`).

    `data` are mappings of `label` and `value`.
    Add `url`, or `route` with `params`, to make the value a link.
    Add `image`, a mapping of `url`, `alt`, and `size`, to show a picture.

    A value, link, or picture can be a function without arguments, sync or async.
    The display appears at once, and each such value when its function returns.
    If a function raises, the error appears in place of the value.
    In an open form, users can try again.

    Raises ValueError for an invalid link or picture.
    """

    name = "display.metadata"
    props_type = MetadataProps

    def __init__(self, label: str, *, data: Iterable[MetadataItem], layout: Layout = "grid") -> None:
        items = list(data)
        self._slow = {at: dict(item) for at, item in enumerate(items) if any(map(_is_slow, item.values()))}
        super().__init__(label, MetadataProps(data=[_shown(item) for item in items], layout=layout))

    @property
    def has_deferred(self) -> bool:
        """Values of functions are got after the display was shown."""
        return bool(self._slow)

    async def load_deferred(self, progress: Callable[[], None]) -> Json:
        """Run all functions at the same time, and give what came of them."""

        async def one(at: int) -> tuple[str, Json]:
            loaded = await self._load(at)
            self._take(at, loaded)
            progress()
            return str(at), loaded

        return dict(await asyncio.gather(*map(one, self._slow)))

    async def apply_deferred(self, recorded: Json) -> None:
        """Show the values that were recorded."""
        for at, loaded in recorded.items():
            self._take(int(at), loaded)

    async def on_event(self, name: str, payload: Json) -> Any:
        """Run a value's function."""
        if name != "value" or payload not in self._slow or isinstance(payload, bool):
            return await super().on_event(name, payload)
        return {"at": payload, "loaded": await self._load(payload)}

    async def apply_event(self, name: str, recorded: Any) -> Json:
        """Keep the value, and give it."""
        return self._take(recorded["at"], recorded["loaded"]).model_dump(mode="json")

    async def _load(self, at: int) -> Json:
        item = self._slow[at]
        try:
            for key, given in item.items():
                if inspect.isawaitable(given):
                    item[key] = asyncio.ensure_future(given)  # so that another try finds what came of it
            got = await asyncio.gather(*map(_got, item.values()))
            shown = _shown(cast(MetadataItem, dict(zip(item, got, strict=True))))
            return shown.model_dump(mode="json", include={"value", "href", "image"}, exclude_none=True)
        except Exception as error:
            return {"error": t("Loading failed: {why}", why=message_of(error) or type_of(error))}

    def _take(self, at: int, loaded: Json) -> ShownValue:
        props = self.props.model_copy(deep=True)
        assert isinstance(props, MetadataProps)
        props.data[at] = ShownValue.model_validate({"label": props.data[at].label, **loaded})
        self.props = props
        for given in self._slow[at].values():
            if inspect.iscoroutine(given):
                given.close()  # the body has made it once more, and it was run the first time
        return props.data[at]


def _is_slow(given: Any) -> bool:
    return callable(given) or inspect.isawaitable(given)


async def _got(given: Any) -> Any:
    if callable(given):
        return await run_callback(given)
    with guest_code():
        return await given if inspect.isawaitable(given) else given


def _shown(given: MetadataItem) -> ShownValue:
    """An item as it is shown: one with anything that takes its time is still loading."""
    item = cast(dict[str, Any], given)
    label = item["label"]
    if any(map(_is_slow, item.values())):
        return ShownValue(label=label, loading=True)
    image = item.get("image")
    return ShownValue(
        label=label,
        value=jsonable(item.get("value")),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), f"data: {label!r}"),
        image=ShownImage(**{**image, "url": picture_url(image["url"], f"data: {label!r}")}) if image else None,
    )
