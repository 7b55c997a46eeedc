"""One of several options."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component, Props
from restival.io.jsonable import jsonable

V = TypeVar("V")


class Option(BaseModel):
    """An option as the browser sees it: its key stands for the action's own object."""

    key: str
    label: str
    description: str | None = None
    image: str | None = None


class SelectSingleProps(Props):
    """The options in their order."""

    options: list[Option]
    searchable: bool = False
    placeholder: str | None = None

    def check(self, answer: Json) -> str:
        """The key of one of the options."""
        if not any(option.key == answer for option in self.options):
            raise InvalidAnswer("Please choose one of the options.")
        return str(answer)


class SelectSingle(Component[V]):
    """One of several options, which are plain values or mappings with `label` and `value`, and perhaps `description`
    and `image`. The value is the option itself, as it was given."""

    name = "select.single"
    props_type = SelectSingleProps

    def __init__(
        self,
        label: str,
        *,
        options: Sequence[V],
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: V | None = None,
        disabled: bool = False,
        searchable: bool = False,
    ) -> None:
        self.owned: list[V] = list(options)
        if not self.owned:
            raise ValueError(f"io.select.single({label!r}): options is empty")
        shown = [_option(str(index), option) for index, option in enumerate(self.owned)]
        props = SelectSingleProps(options=shown, searchable=searchable, placeholder=placeholder)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: Any) -> str:
        """The key of the option that is `value` or has it as its value. Raises ValueError where none does."""
        for index, option in enumerate(self.owned):
            if option == value or (isinstance(option, Mapping) and option.get("value") == value):
                return str(index)
        raise ValueError(f"io.select.single({self.label!r}): default_value {value!r} isn't one of the options")

    def resolve(self, answer: Json) -> V:
        """The option with that key, as the action gave it."""
        return self.owned[int(answer)]


def _option(key: str, option: Any) -> Option:
    if isinstance(option, Mapping):
        label = option.get("label", option.get("value"))
        return Option(key=key, label=str(label), description=option.get("description"), image=option.get("image"))
    if isinstance(option, Enum):
        return Option(key=key, label=str(option.value))
    return Option(key=key, label=str(jsonable(option)))
