"""Finds the answers of certain fields, those in records and lists too."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from restival.io.core.call import FieldSpec, Json
from restival.io.core.component import ChangeAnswer
from restival.io.core.registry import component_of

Matches = Callable[[FieldSpec], bool]
Change = Callable[[Json], Json]


def changed(
    specs: Sequence[FieldSpec], answers: Mapping[str, Json], matches: Matches, change: Change
) -> dict[str, Json]:
    """The answers with those of matching fields changed; empty ones stay."""
    return changed_by_key(specs, answers, lambda spec, answer: _change(spec, answer, matches, change))


def changed_by_key(fields: Sequence[FieldSpec], answers: Mapping[str, Json], change: ChangeAnswer) -> dict[str, Json]:
    """The answers with those to these fields changed; what belongs to no field stays."""
    by_key = {field.key: field for field in fields}
    return {key: change(by_key[key], answer) if key in by_key else answer for key, answer in answers.items()}


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
    component = component_of(spec)
    return [] if component is None else component.inner_fields(spec)


def _change(spec: FieldSpec, answer: Json, matches: Matches, change: Change) -> Json:
    if answer is None:
        return None
    if matches(spec):
        return change(answer)
    component = component_of(spec)
    if component is None:
        return answer
    return component.with_inner_answers(spec, answer, lambda inner, value: _change(inner, value, matches, change))
