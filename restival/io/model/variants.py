"""One of several models, told apart by a field: pydantic's discriminated unions."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.component import ChangeAnswer, Component, Props, required
from restival.io.core.options import Option
from restival.io.core.registry import check_answers
from restival.io.core.traverse import changed_by_key
from restival.io.model.record import RecordField


class Variant(BaseModel):
    """A model as the browser sees it: its tag stands in the discriminator, and then its fields are asked."""

    tag: str
    label: str
    fields: list[FieldSpec]


class VariantsProps(Props):
    """The variants in their order. An answer is an object with the discriminator and the fields of that variant."""

    discriminator: str
    variants: list[Variant]

    def check(self, answer: Json) -> dict[str, Json]:
        """A variant's tag, and an answer for each of its fields, all errors told at once."""
        if not isinstance(answer, dict):
            raise InvalidAnswer(t("Choose one of the options."))
        tag = answer.get(self.discriminator)
        if tag is None:
            raise InvalidAnswer(required())
        variant = self.variant(tag)
        if variant is None:
            raise InvalidAnswer(t("Choose one of the options."))
        given = {key: value for key, value in answer.items() if key != self.discriminator}
        return {self.discriminator: variant.tag, **check_answers(variant.fields, given)}

    def chosen(self, answer: Json) -> Variant | None:
        """The variant that an answer is of, checked or not."""
        return self.variant(answer.get(self.discriminator)) if isinstance(answer, dict) else None

    def variant(self, tag: Json) -> Variant | None:
        """The variant with that tag."""
        known = isinstance(tag, (str, int))
        return next((variant for variant in self.variants if known and variant.tag == str(tag)), None)

    def options(self) -> list[Option]:
        """The variants as options to choose from."""
        return [Option(key=variant.tag, label=variant.label) for variant in self.variants]


class VariantsField(Component[dict[str, Any]]):
    """A choice of records. `records` has them by tag, whose labels say what is chosen; `values` has the tags as the
    models declare them."""

    name = "variants"
    props_type = VariantsProps

    def __init__(
        self, label: str, discriminator: str, records: Mapping[str, RecordField], values: Mapping[str, Any]
    ) -> None:
        self._discriminator = discriminator
        self._records = dict(records)
        self._values = dict(values)
        variants = [
            Variant(tag=tag, label=record.label, fields=record.spec(tag).props["fields"])
            for tag, record in self._records.items()
        ]
        super().__init__(label, VariantsProps(discriminator=discriminator, variants=variants))

    def dump(self, value: Any) -> dict[str, Json]:
        """The tag and the fields' answers of an instance, or a mapping."""
        given = value.get if isinstance(value, Mapping) else lambda key: getattr(value, key)
        own = given(self._discriminator)
        tag = next(tag for tag, declared in self._values.items() if declared == own)
        return {self._discriminator: tag, **self._records[tag].dump(value)}

    def resolve(self, answer: Json) -> dict[str, Any]:
        """The fields' values by key, and the discriminator's."""
        tag = answer[self._discriminator]
        return {self._discriminator: self._values[tag], **self._records[tag].resolve(answer)}

    def kept(self, answer: Json) -> Json:
        """The tag and the fields' answers as they are kept."""
        record = self._records.get(str(answer.get(self._discriminator))) if isinstance(answer, dict) else None
        if record is None:
            return None
        return {self._discriminator: answer[self._discriminator], **record.kept(answer)}

    @classmethod
    def inner_fields(cls, spec: FieldSpec) -> list[FieldSpec]:
        """The fields of all variants."""
        return [field for variant in VariantsProps.model_validate(spec.props).variants for field in variant.fields]

    @classmethod
    def with_inner_answers(cls, spec: FieldSpec, answer: Json, change: ChangeAnswer) -> Json:
        """The answer with those to the chosen variant's fields changed: another variant's may have the same keys."""
        chosen = VariantsProps.model_validate(spec.props).chosen(answer)
        return answer if chosen is None else changed_by_key(chosen.fields, answer, change)

    def path(self, location: Sequence[str | int]) -> list[str]:
        """Pydantic's location without the tag, which it names before the field."""
        if not location:
            return []
        tag = next((tag for tag, value in self._values.items() if location[0] in (tag, repr(value))), "")
        return self._records[tag].path(location[1:]) if tag else super().path(location)
