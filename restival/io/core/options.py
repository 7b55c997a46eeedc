"""Options to choose from, as the selects share them."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel

from restival.io.core.component import Props
from restival.io.core.jsonable import jsonable
from restival.io.core.urls import picture_url


class Option(BaseModel):
    """An option as the browser sees it: its key stands for the action's own object."""

    key: str
    label: str
    description: str | None = None
    image: str | None = None


class OptionsProps(Props):
    """The options in their order, and whether typing finds one."""

    options: list[Option]
    searchable: bool = False
    placeholder: str | None = None


def shown_options(call: str, options: Sequence[Any]) -> list[Option]:
    """Options as the browser sees them. Raises ValueError, in the name of `call`, where there are none or one has
    nothing that could be shown."""
    if not options:
        raise ValueError(f"{call}: options is empty")
    return [_shown(call, index, option) for index, option in enumerate(options)]


def key_of(call: str, value: Any, options: Sequence[Any]) -> str:
    """The key of the option that is `value` or has it as its value. Raises ValueError where none does."""
    for index, option in enumerate(options):
        if option == value or (isinstance(option, Mapping) and "value" in option and option["value"] == value):
            return str(index)
    raise ValueError(f"{call}: default_value {value!r} isn't one of the options")


def _shown(call: str, index: int, option: Any) -> Option:
    if isinstance(option, Mapping):
        label = option.get("label", option.get("value"))
        if label is None:
            raise ValueError(f"{call}: option {index + 1} has neither a label nor a value")
        image = option.get("image")
        url = image.get("url") if isinstance(image, Mapping) else image
        return Option(
            key=str(index),
            label=_words(label),
            description=option.get("description"),
            image=None if url is None else picture_url(url, f"{call}: option {index + 1}"),
        )
    return Option(key=str(index), label=_words(option))


def _words(label: Any) -> str:
    return str(label.value if isinstance(label, Enum) else jsonable(label))
