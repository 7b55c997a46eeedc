"""Finds the answers of certain fields, those in records and lists too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from restival.io.core.call import FieldSpec, Json

Matches = Callable[[FieldSpec], bool]
Change = Callable[[Json], Json]


def changed(
    specs: Sequence[FieldSpec], answers: Mapping[str, Json], matches: Matches, change: Change
) -> dict[str, Json]:
    """The answers with those of matching fields changed; empty ones stay."""
    by_key = {spec.key: spec for spec in specs}
    return {
        key: _change(by_key[key], answer, matches, change) if key in by_key else answer
        for key, answer in answers.items()
    }


def every(specs: Sequence[FieldSpec], answers: Mapping[str, Json], matches: Matches) -> list[Json]:
    """The answers of matching fields that aren't empty."""
    found: list[Json] = []
    changed(specs, answers, matches, found.append)
    return found


def fields_within(spec: FieldSpec) -> Iterator[FieldSpec]:
    """A field, and all that it holds."""
    yield spec
    for inner in inner_fields(spec):
        yield from fields_within(inner)


def inner_fields(spec: FieldSpec) -> list[FieldSpec]:
    """The fields that a field holds."""
    inner: list[Any] = spec.props["fields"] if spec.component == "record" else []
    if spec.component == "variants":
        inner = [field for variant in spec.props["variants"] for field in variant["fields"]]
    inner = [spec.props["item"]] if spec.component == "list" else inner
    return [FieldSpec.model_validate(field) for field in inner]


def _change(spec: FieldSpec, answer: Json, matches: Matches, change: Change) -> Json:
    if answer is None:
        return None
    if matches(spec):
        return change(answer)
    if spec.component == "record" and isinstance(answer, dict):
        return changed(inner_fields(spec), answer, matches, change)
    if spec.component == "variants" and isinstance(answer, dict):
        return changed(_fields_of_variant(spec, answer), answer, matches, change)
    if spec.component == "list" and isinstance(answer, list):
        [item] = inner_fields(spec)
        return [_change(item, value, matches, change) for value in answer]
    return answer


def _fields_of_variant(spec: FieldSpec, answer: Mapping[str, Json]) -> list[FieldSpec]:
    """The fields of the variant that the answer is of: those of others may have the same keys."""
    tag = answer.get(spec.props["discriminator"])
    fields = (variant["fields"] for variant in spec.props["variants"] if variant["tag"] == tag)
    return [FieldSpec.model_validate(field) for field in next(fields, [])]
