"""An action's parameters as programs send them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from restival.actions.action import Action
from restival.engine.state.records import StartOptions
from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.pydantic_errors import errors_by_path
from restival.web.api.json_body import validated


def params_of(action: Action, given: Json) -> BaseModel:
    """Returns the parameters as the action takes them. Raises InvalidAnswer with messages by path."""
    try:
        params = action.params.model_validate(given)
    except ValidationError as error:
        raise InvalidAnswer(errors_by_path(error.errors(include_url=False), action.start_form())) from None
    except RestivalError:
        raise
    except Exception as error:  # a validator of the project's has failed
        raise InvalidAnswer(t("Invalid value: {why}", why=f"{type(error).__name__}: {error}")) from error
    if wrong := dict.fromkeys(_booleans_as_numbers(given, params, ""), t("Enter a number.")):
        raise InvalidAnswer(wrong)
    return params


def options_of(given: Mapping[str, Json]) -> StartOptions:
    """Returns the options of a start, of all that a program sends. Raises BadRequest."""
    return validated(StartOptions, {name: given[name] for name in StartOptions.model_fields if name in given})


def _booleans_as_numbers(given: Any, taken: Any, path: str) -> Iterator[str]:
    """Where true or false was sent and a number was taken: pydantic takes them for 1 and 0."""
    if isinstance(given, bool):
        if isinstance(taken, (int, float, Decimal)) and not isinstance(taken, bool):
            yield path
    elif isinstance(given, dict):
        for key, part in _parts(given, taken):
            yield from _booleans_as_numbers(given[key], part, f"{path}.{key}" if path else key)
    elif isinstance(given, list) and isinstance(taken, (list, tuple)):
        for index, (item, part) in enumerate(zip(given, taken, strict=False)):
            yield from _booleans_as_numbers(item, part, f"{path}.{index}")
    elif isinstance(given, list) and isinstance(taken, (set, frozenset)):
        kept = {item for item in taken if isinstance(item, bool)}
        for index, item in enumerate(given):
            if isinstance(item, bool) and item not in kept:
                yield f"{path}.{index}"


def _parts(given: dict[str, Any], taken: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(taken, BaseModel):
        for name, field in type(taken).model_fields.items():
            for key in (name, field.alias, field.validation_alias):
                if isinstance(key, str) and key in given:
                    yield key, getattr(taken, name)
                    break
    elif isinstance(taken, Mapping):
        yield from zip(given, taken.values(), strict=False)
    else:
        yield from ((key, getattr(taken, key, None)) for key in given)
