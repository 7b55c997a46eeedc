"""Cells of tables that are more than a value: links, pictures, colours."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple, Required, TypedDict, get_args

from pydantic import BaseModel, ValidationError

from restival.i18n import t
from restival.io.core.call import Json
from restival.io.core.jsonable import jsonable
from restival.io.core.media import Size
from restival.io.core.urls import link_url, maybe_href, picture_url

HighlightColor = Literal["red", "orange", "yellow", "green", "blue", "purple", "pink", "gray"]
MARK = "$cell"
"""The only key of a rich cell in the JSON of a table."""


class CellImage(TypedDict, total=False):
    """A picture in a cell."""

    url: Required[str]
    alt: str
    size: Size


class RichCell(TypedDict, total=False):
    """A cell with more than a plain value, as `render_cell` can return it.

    The table shows `label` and sorts by `value`. If you set only one of them, it is used for both.
    The cell is a link if it has a `url`, or a `route` with `params`.
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


class SoughtCell(NamedTuple):
    """Of a rich cell what it is sorted and found by: of a long table there can be a million."""

    label: str | int | float
    value: Json


AnyCell = ShownCell | SoughtCell | Json
"""A rich cell, or a value."""
KEYS = RichCell.__optional_keys__
MORE = KEYS - {"label", "value", "params"}
"""What makes a mapping more than a value, besides a label."""


def rendered(value: Any, column: str) -> Any:
    """What `render_cell` has returned, a rich cell as a ShownCell. Raises ValueError where that can't be one."""
    if not isinstance(value, Mapping) or not value.keys() <= KEYS or not ("label" in value or value.keys() & MORE):
        return value
    label = value.get("label", value.get("value"))
    where = f"column {column!r}, cell {label!r}"
    color, image = value.get("highlight_color", value.get("highlightColor")), value.get("image")
    if color is not None and color not in get_args(HighlightColor):
        raise ValueError(f"{where}: highlight_color {color!r} isn't one of {', '.join(get_args(HighlightColor))}")
    return ShownCell(
        label="" if label is None else label if isinstance(label, (int, float)) else cell_to_text(jsonable(label)),
        value=jsonable(value.get("value")),
        href=maybe_href(value.get("url"), value.get("route"), value.get("params"), where),
        image=picture_url(image["url"], where) if image else None,
        alt=image.get("alt", "") if image else "",
        size=image.get("size", "thumbnail") if image else "thumbnail",
        highlight=color,
    )


def cell_json(cell: Any) -> Json:
    """A cell as it is stored and sent. Only what `rendered` has made is marked as a rich one; data that looks like one
    is text."""
    if isinstance(cell, ShownCell):
        return {MARK: cell.model_dump(mode="json", exclude_defaults=True)}
    value = jsonable(cell)
    return cell_to_text(value) if _is_marked(value) else value


def as_stored(cell: Any) -> AnyCell:
    """A cell as it is looked at: a rich one, or a value as JSON."""
    return cell if isinstance(cell, (ShownCell, SoughtCell)) else jsonable(cell)


def stored_cell(value: Json) -> ShownCell | Json:
    """A cell of a table again. Its links are checked here too, since what is stored may be older than a rule; one that
    can't be a rich cell is a value."""
    if not _is_marked(value):
        return value
    try:
        cell = ShownCell.model_validate(value[MARK])
    except ValidationError:
        return value
    return cell.model_copy(update={"href": _checked(cell.href, link_url), "image": _checked(cell.image, picture_url)})


def sought_cell(value: Json) -> SoughtCell | Json:
    """A cell of a table, to sort and search by."""
    if not _is_marked(value) or not isinstance(value[MARK], dict):
        return value
    return SoughtCell(value[MARK].get("label", ""), value[MARK].get("value"))


def _is_marked(value: Json) -> bool:
    return isinstance(value, dict) and value.keys() == {MARK}


def _checked(url: str | None, check: Callable[[str, str], str]) -> str | None:
    with suppress(ValueError):
        return None if url is None else check(url, "cell")
    return None


def plain_cell(cell: AnyCell) -> Json:
    """What a cell is sorted by and found with: a rich one's value, or else its label."""
    if isinstance(cell, (ShownCell, SoughtCell)):
        return cell.label if cell.value is None else cell.value
    return cell


def cell_text(cell: AnyCell) -> Json:
    """What a cell shows: of a rich one its label."""
    return cell.label if isinstance(cell, (ShownCell, SoughtCell)) else cell


def cell_to_text(cell: AnyCell) -> str:
    """A cell as text, as people and files of tables have it."""
    value = cell_text(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, list):
        return ", ".join(map(cell_to_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {cell_to_text(item)}" for key, item in value.items())
    return str(value)
