"""Several components as one form."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self, TypeVar, cast, overload

from restival.io.core.call import Errors
from restival.io.core.component import Component, IOCall, Validator, first_message
from restival.io.depends import Depends
from restival.io.layout import Layout, flattened

G = TypeVar("G", "list[Any]", "Record")


class Record(dict[str, Any]):
    """The values of a group by key, also as attributes: `person.name` and `person["name"]`."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Group(IOCall[G]):
    """One form with several components, passed as a list, one by one, or by keyword.

    Displays appear among the inputs and have the value None.
    Layouts such as `io.layout.card` arrange the fields.
    The value is flat, as if there were no layouts.
    """

    @overload
    def __init__(self: "Group[list[Any]]", components: Sequence[Component[Any]], /) -> None: ...

    @overload
    def __init__(self: "Group[list[Any]]", /, *components: Component[Any]) -> None: ...

    @overload
    def __init__(self: "Group[Record]", /, **components: Component[Any]) -> None: ...

    def __init__(self, /, *components: Component[Any] | Sequence[Component[Any]], **named: Component[Any]) -> None:
        if bool(components) == bool(named):
            raise ValueError(
                "io.group takes a list of components, positional components, or keyword components, not a mix"
            )
        self.keyed = bool(named)
        self._one_by_one = isinstance(next(iter(components), None), Component)
        given = components if self._one_by_one or not components else components[0]
        self.components = flattened(named or cast(Sequence[Component[Any]], given))
        for component in self.components.values():
            if component.kind != "form":
                raise ValueError(f"io.{component.name}({component.label!r}) can't be in a group: await it by itself")
            if not component.terms.is_default:
                raise ValueError(f"{component.label!r}: set assign, timeout, and remind on the io.group")
        for key, component in self.components.items():
            if isinstance(component, Depends):
                component.join(key, self.components)
        self.validators: list[Any] = []

    def validate(self, validator: Callable[..., str | None | Awaitable[str | None]]) -> Self:
        """Rejects values for which the function, sync or async, returns a message.

        The function gets the value of the whole group.
        If its parameters are named after fields, it gets the values of those fields.
        If you passed the components one by one, it gets all values one by one.
        """
        self.validators.append(validator)
        return self

    def fields(self) -> list[tuple[str, Component[Any]]]:
        """The components by keyword, or by position."""
        return list(self.components.items())

    def collect(self, values: dict[str, Any]) -> G:
        """A list or a record, as the group was given."""
        fields = {key: values[key] for key, item in self.components.items() if not isinstance(item, Layout)}
        return cast(G, Record(fields) if self.keyed else list(fields.values()))

    async def problems(self, values: dict[str, Any], choice: str = "") -> Errors:
        """What the fields' validators say, and if they say nothing, the group's own."""
        found = await super().problems(values, choice)
        if not found and self.validators:
            validators = [self._called_with_fields(validator) for validator in self.validators]
            if message := await first_message(validators, self.collect(values)):
                found[""] = message
        return found

    def _called_with_fields(self, validator: Validator) -> Validator:
        """The validator as one that takes the group's value."""
        if self._one_by_one:
            return lambda values: validator(*values)
        if not self.keyed:
            return validator
        parameters = inspect.signature(validator).parameters
        if any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
            return lambda values: validator(**values)
        if parameters and parameters.keys() <= self.components.keys():
            return lambda values: validator(**{name: values[name] for name in parameters})
        return validator

    @property
    def has_validators(self) -> bool:
        """Whether `.validate()` was used on the group or on a field of it."""
        return bool(self.validators) or super().has_validators
