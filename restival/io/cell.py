"""Cells of tables that are more than a value: links, pictures, colours."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict, get_args

from pydantic import BaseModel

from restival.io.call import Json
from restival.io.jsonable import jsonable
from restival.io.media import Size
from restival.io.target import maybe_href, picture_url
from restival.words import t

HighlightColor = Literal["red", "orange", "yellow", "green", "blue", "purple", "pink", "gray"]
MARK = "$cell"
"""The only key of a rich cell among the values of a row."""


class CellImage(TypedDict, total=False):
    """A cell's picture."""

    url: Required[str]
    alt: str
    size: Size


class RichCell(TypedDict, total=False):
    """What `render_cell` may return instead of a plain value.

    `label` is shown, `value` is what the column is sorted by; one of the two stands for both. It is a link where there
    is a `url`, or a `route` with `params`.
    """

    label: Any
    value: Any
    image: CellImage | None
    url: str | None
    route: str | None
    params: Mapping[str, Any]
    highlight_color: HighlightColor | None
    highlightColor: HighlightColor | None  # as in Interval's SDK


class ShownCell(BaseModel):
    """A rich cell as the browser sees it."""

    label: str | int | float = ""
    value: Json = None
    href: str | None = None
    image: str | None = None
    alt: str = ""
    size: Size = "thumbnail"
    highlight: HighlightColor | None = None


KEYS = RichCell.__optional_keys__
MORE = KEYS - {"label", "value", "params"}
"""What makes a mapping more than a value, besides a label."""


def rendered(value: Any, column: str) -> Any:
    """What `render_cell` has returned, a rich cell as a marked ShownCell. Raises ValueError where that can't be one."""
    if not isinstance(value, Mapping) or not value.keys() <= KEYS or not ("label" in value or value.keys() & MORE):
        return value
    label = value.get("label", value.get("value"))
    where = f"column {column!r}, cell {label!r}"
    color, image = value.get("highlight_color", value.get("highlightColor")), value.get("image")
    if color is not None and color not in get_args(HighlightColor):
        raise ValueError(f"{where}: highlight_color {color!r} isn't one of {', '.join(get_args(HighlightColor))}")
    shown = ShownCell(
        label="" if label is None else label if isinstance(label, (int, float)) else in_words(jsonable(label)),
        value=jsonable(value.get("value")),
        href=maybe_href(value.get("url"), value.get("route"), value.get("params"), where),
        image=picture_url(image["url"], where) if image else None,
        alt=image.get("alt", "") if image else "",
        size=image.get("size", "thumbnail") if image else "thumbnail",
        highlight=color,
    )
    return {MARK: shown.model_dump(mode="json", exclude_defaults=True)}


def plain_cell(value: Json) -> Json:
    """What a cell is sorted by and found with: a rich one's value, or else its label."""
    if isinstance(value, dict) and value.keys() == {MARK}:
        rich = value[MARK]
        return rich.get("label", "") if rich.get("value") is None else rich["value"]
    return value


def cell_text(value: Json) -> Json:
    """What a cell shows: of a rich one its label."""
    return value[MARK].get("label", "") if isinstance(value, dict) and value.keys() == {MARK} else value


def in_words(value: Json) -> str:
    """A cell as text, as people and files of tables have it."""
    value = cell_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(item)}" for key, item in value.items())
    return str(value)
