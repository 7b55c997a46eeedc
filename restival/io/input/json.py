"""A JSON value."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, SchemaError
from jsonschema.exceptions import best_match

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props
from restival.io.core.whole_text import check_whole

DEEPEST = 100


class JsonProps(Props):
    """A JSON Schema (draft 2020-12) that the value has to have."""

    value_schema: dict[str, Any] | None = None
    lines: int = 8

    def check(self, answer: Json) -> str:
        """The text of a JSON value."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Enter JSON."))
        if _depth(answer) > DEEPEST:
            raise InvalidAnswer(t("Enter JSON with at most {count} levels.", count=DEEPEST))
        try:
            value = json.loads(answer, parse_constant=_refused)
        except json.JSONDecodeError as error:
            raise InvalidAnswer(_told(error)) from None
        except ValueError as error:
            raise InvalidAnswer(t("Invalid JSON. {why}", why=error)) from None
        check_whole(value)  # JSON can write as an escape what no text can hold
        if self.value_schema is not None:
            self._check_schema(value)
        return answer

    def _check_schema(self, value: Json) -> None:
        error = best_match(Draft202012Validator(self.value_schema or {}).iter_errors(value))
        if error is not None:
            path = error.json_path.removeprefix("$").lstrip(".")
            raise InvalidAnswer(f"{path}: {error.message}." if path else f"{error.message}.")


def _told(error: json.JSONDecodeError) -> str:
    where = {"line": error.lineno, "column": error.colno, "why": error.msg}
    return t("Invalid JSON. Line {line}, column {column}: {why}.", **where)


def _depth(text: str) -> int:
    """How deep the brackets go, those in strings included: more than there is, never less."""
    deepest = depth = 0
    for letter in text:
        depth += (letter in "[{") - (letter in "]}")
        deepest = max(deepest, depth)
    return deepest


def _refused(constant: str) -> Any:
    raise ValueError(t("{constant} isn't a valid JSON number.", constant=constant))


class JsonInput(Component[Any]):
    """A JSON value, checked for valid JSON and against `schema`, a JSON Schema (draft 2020-12), if you set it.

    Raises ValueError for an invalid schema.
    """

    name = "input.json"
    props_type = JsonProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: Any = None,
        disabled: bool = False,
        schema: Mapping[str, Any] | None = None,
        lines: int = 8,
    ) -> None:
        if schema is not None:
            try:
                Draft202012Validator.check_schema(schema)
            except SchemaError as error:
                raise ValueError(f"io.input.json({label!r}): schema: {error.message}") from None
        props = JsonProps(value_schema=None if schema is None else dict(schema), lines=lines)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: Any) -> str:
        """The value as text that is easy to read."""
        return json.dumps(value, indent=2, ensure_ascii=False)

    def resolve(self, answer: Json) -> Any:
        """The value."""
        return json.loads(answer)
