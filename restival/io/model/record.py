"""Components made of components: a record of named fields, and a list of equal items."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.component import ChangeAnswer, Component, Props
from restival.io.core.registry import check_answers
from restival.io.core.traverse import changed_by_key


class RecordProps(Props):
    """The fields in their order."""

    fields: list[FieldSpec]

    def check(self, answer: Json) -> dict[str, Json]:
        """An answer for each field, all errors told at once."""
        if not isinstance(answer, dict):
            raise InvalidAnswer(t("Fill in these fields."))
        return check_answers(self.fields, answer)


class RecordField(Component[dict[str, Any]]):
    """Named fields under one label."""

    name = "record"
    props_type = RecordProps

    def __init__(self, label: str, components: Mapping[str, Component[Any]], *, help_text: str | None = None) -> None:
        self.components = dict(components)
        specs = [component.spec(key) for key, component in self.components.items()]
        super().__init__(label, RecordProps(fields=specs), help_text=help_text)

    def dump(self, value: Any) -> dict[str, Json]:
        """The fields' answers for a mapping or an object with such attributes."""
        present = ((key, component, _part(value, key)) for key, component in self.components.items())
        return {key: None if item is None else component.dump(item) for key, component, item in present}

    def resolve(self, answer: Json) -> Any:
        """The fields' values by key."""
        return {key: component.value_of(answer.get(key)) for key, component in self.components.items()}

    def kept(self, answer: Json) -> Json:
        """The fields' answers as they are kept."""
        if not isinstance(answer, dict):
            return answer
        return {key: self.components[key].kept(value) for key, value in answer.items() if key in self.components}

    @classmethod
    def inner_fields(cls, spec: FieldSpec) -> list[FieldSpec]:
        """The record's fields."""
        return RecordProps.model_validate(spec.props).fields

    @classmethod
    def with_inner_answers(cls, spec: FieldSpec, answer: Json, change: ChangeAnswer) -> Json:
        """The record with its fields' answers changed."""
        return changed_by_key(cls.inner_fields(spec), answer, change) if isinstance(answer, dict) else answer

    def path(self, location: Sequence[str | int]) -> list[str]:
        """The field, and where below it."""
        inner = self.components.get(str(location[0])) if location else None
        return super().path(location) if inner is None else [str(location[0]), *inner.path(location[1:])]


class ModelField(RecordField):
    """The fields of a model; those that are left empty and have a default are left to the model."""

    def __init__(
        self,
        label: str,
        model: type[BaseModel],
        components: Mapping[str, Component[Any]],
        *,
        help_text: str | None = None,
    ) -> None:
        self.model = model
        super().__init__(label, components, help_text=help_text)

    def resolve(self, answer: Json) -> Any:
        """The fields' values by name, without those that the model's defaults stand for."""
        values = super().resolve(answer)
        fields = self.model.model_fields
        return {name: value for name, value in values.items() if value is not None or fields[name].is_required()}


def _part(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else getattr(value, key, None)


class ListProps(Props):
    """The one field that each item is; how many items there may be."""

    item: FieldSpec
    min_items: int = 0
    max_items: int | None = None

    def check(self, answer: Json) -> list[Json]:
        """A list whose items are each a good answer, all errors told at once."""
        if not isinstance(answer, list):
            raise InvalidAnswer(t("Enter a list."))
        if len(answer) < self.min_items:
            raise InvalidAnswer(t("Add at least {count}.", count=self.min_items))
        if self.max_items is not None and len(answer) > self.max_items:
            raise InvalidAnswer(t("Add at most {count}.", count=self.max_items))
        items = [self.item.model_copy(update={"key": str(index)}) for index in range(len(answer))]
        checked = check_answers(items, {str(index): item for index, item in enumerate(answer)})
        return list(checked.values())


class ListField(Component[list[Any]]):
    """Equal items, added and removed one by one."""

    name = "list"
    props_type = ListProps

    def __init__(
        self,
        label: str,
        item: Component[Any],
        *,
        help_text: str | None = None,
        min_items: int = 0,
        max_items: int | None = None,
    ) -> None:
        self.item = item
        props = ListProps(item=item.spec("item"), min_items=min_items, max_items=max_items)
        super().__init__(label, props, help_text=help_text)
        self.is_optional = not min_items

    def dump(self, value: Sequence[Any]) -> list[Json]:
        """The items' answers."""
        return [None if item is None else self.item.dump(item) for item in value]

    def resolve(self, answer: Json) -> list[Any]:
        """The items' values."""
        return [self.item.value_of(item) for item in answer]

    def kept(self, answer: Json) -> Json:
        """The items' answers as they are kept."""
        return [self.item.kept(item) for item in answer] if isinstance(answer, list) else answer

    @classmethod
    def inner_fields(cls, spec: FieldSpec) -> list[FieldSpec]:
        """The field that each item is."""
        return [ListProps.model_validate(spec.props).item]

    @classmethod
    def with_inner_answers(cls, spec: FieldSpec, answer: Json, change: ChangeAnswer) -> Json:
        """The list with each item changed."""
        [item] = cls.inner_fields(spec)
        return [change(item, value) for value in answer] if isinstance(answer, list) else answer

    def path(self, location: Sequence[str | int]) -> list[str]:
        """The item, and where below it."""
        return [str(location[0]), *self.item.path(location[1:])] if location else []

    def value_of(self, answer: Json) -> list[Any]:
        """The items' values; none where the list was left empty."""
        return self.resolve(answer or [])
