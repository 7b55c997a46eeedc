"""A field that the action's code makes from the answers of others."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, cast

from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.callbacks import run_callback
from restival.io.core.component import Component, Props, check_field

V = TypeVar("V")
MakeField = Callable[..., Component[V] | None | Awaitable[Component[V] | None]]


class DependsProps(Props):
    """There is nothing to fill in until the other fields are."""


class Depends(Component[V | None]):
    """A field of a keyword group that depends on other fields.

    `field` builds it from the values of the fields `on`.
    It gets the values in the order of `on`, and can be sync or async.
    It runs in the transaction each time one of those values changes.
    It returns the component to show, or None to show nothing.
    The value is None if there is no component, or if one of the fields `on` is empty.
    """

    name = "depends"
    props_type = DependsProps

    def __init__(self, *on: str, field: MakeField[V]) -> None:
        if not on:
            raise ValueError("io.depends() needs the keys of other fields")
        super().__init__("", DependsProps())
        self.on = on
        self.is_optional = True
        self._field = field
        self._inner: Component[Any] | None = None
        self._basis: dict[str, Json] = {}
        self._others: Mapping[str, Component[Any]] = {}

    def join(self, key: str, others: Mapping[str, Component[Any]]) -> None:
        """Know the other fields of the group. Raises ValueError where one that this depends on isn't before it."""
        before = list(others)[: list(others).index(key)]
        if missing := [each for each in self.on if each not in before]:
            raise ValueError(f"io.group: {key} depends on {missing[0]!r}, which isn't an earlier field")
        self._others = others

    @property
    def needs_prefetch(self) -> bool:
        """Its first look depends on the others' defaults."""
        return True

    async def prefetch(self) -> Any:
        """What it is made of at first."""
        return await self._made({key: self._others[key].spec(key).value for key in self.on})

    async def apply_prefetched(self, recorded: Any) -> None:
        """Make it of what was recorded."""
        self._basis = recorded["basis"]
        made = await self._make(self._basis) if recorded["made"] else None
        if made is not None and recorded["prepares"]:
            await made.apply_prefetched(recorded["prepared"])
        self._inner = made

    async def on_event(self, name: str, payload: Json) -> Any:
        """Make it anew where another field was filled in, else let the field that was made have the event."""
        if name == "depend" and isinstance(payload, dict):
            return await self._made({key: payload.get(key) for key in self.on})
        if self._inner is None:
            return await super().on_event(name, payload)
        return await self._inner.on_event(name, payload)

    async def apply_event(self, name: str, recorded: Any) -> Json:
        """Take the field as it was made, or what came of its own event."""
        if name == "depend":
            await self.apply_prefetched(recorded)
            return None
        return None if self._inner is None else await self._inner.apply_event(name, recorded)

    def matches_answers(self, answers: Mapping[str, Json]) -> bool:
        """Whether it was made from these answers."""
        return all(self._basis.get(key) == self._normal(key, answers.get(key)) for key in self.on)

    def spec(self, key: str) -> FieldSpec:
        """The field that was made, or an empty place."""
        spec = super().spec(key) if self._inner is None else self._inner.spec(key)
        return spec.model_copy(update={"depends_on": list(self.on)})

    def kept(self, answer: Json) -> Json:
        """The answer as the field that was made keeps it."""
        return None if self._inner is None else self._inner.kept(answer)

    def value_of(self, answer: Json) -> V | None:
        """The value of the field that was made."""
        return None if self._inner is None else cast(V | None, self._inner.value_of(answer))

    async def _made(self, answers: Mapping[str, Json]) -> dict[str, Any]:
        basis = {key: self._normal(key, answers.get(key)) for key in self.on}
        made = await self._make(basis)
        prepares = made is not None and made.needs_prefetch
        prepared = await made.prefetch() if made is not None and prepares else None
        return {"basis": basis, "made": made is not None, "prepares": prepares, "prepared": prepared}

    def _normal(self, key: str, answer: Json) -> Json:
        other = self._others[key]
        try:
            return check_field(other.spec(key), other.props, answer)
        except InvalidAnswer:
            return None

    async def _make(self, basis: Mapping[str, Json]) -> Component[V] | None:
        if any(basis[key] is None for key in self.on):
            return None
        return await run_callback(self._field, *(self._others[key].value_of(basis[key]) for key in self.on))
