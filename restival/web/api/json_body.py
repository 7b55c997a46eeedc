"""JSON that programs send, read strictly; errors name the place of what is wrong."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from restival.engine.client.errors import AnswerTooLarge
from restival.errors import RestivalError
from restival.io.core.call import Json
from restival.web.api.responses import printable

M = TypeVar("M", bound=BaseModel)
MOST_DEPTH = 100
"""Levels of lists and objects in each other."""
SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_PLACE = 200


class BadRequest(RestivalError):
    """A request that can't be understood."""


def validated(kind: type[M], given: Mapping[str, Any]) -> M:
    """Returns a model of what a program sends. Raises BadRequest with all that is invalid in it."""
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        wrong = [f"{each['loc'][0]}: {each['msg']}" for each in error.errors(include_url=False)]
        raise BadRequest("; ".join(wrong)) from None


def validated_query(kind: type[M], request: Request) -> M:
    """Returns a model of a request's query, in which empty values count for nothing. Raises BadRequest."""
    return validated(kind, {key: value for key, value in request.query_params.items() if value})


async def json_object(request: Request, most_bytes: int) -> dict[str, Json]:
    """Returns a request's body, which has to be a JSON object. Raises BadRequest, AnswerTooLarge."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadRequest("send JSON, with the header content-type: application/json")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most_bytes:
            raise AnswerTooLarge(announced(request) or len(data), most_bytes)
    body = read_json(bytes(data) or b"{}")
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


def read_json(data: bytes) -> Json:
    """Returns what JSON says, if all of it can be stored: no NaN, no half characters, no key twice, not nested too
    deeply. Raises BadRequest."""
    try:
        body: Json = json.loads(data.decode(), object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body isn't UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise BadRequest(_too_deep()) from None
    except ValueError as error:
        raise BadRequest(f"the body isn't JSON: {error}") from None
    _check(body)
    return body


def text_in(body: dict[str, Json], key: str) -> str:
    """Returns a text of a body, empty if it isn't there. Raises BadRequest."""
    value = body.get(key, "")
    if not isinstance(value, str):
        raise BadRequest(f'{key}: send text, such as {{"{key}": "…"}}')
    return value


def number_in(body: dict[str, Json], key: str, what: str) -> int:
    """Returns a whole number of a body, which is `what`. Raises BadRequest."""
    value = body.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRequest(f'{key}: send {what}, such as {{"{key}": 4}}')
    return value


def object_in(body: dict[str, Json], key: str, example: str) -> dict[str, Json]:
    """Returns an object of a body. Raises BadRequest with an example of one."""
    value = body.get(key)
    if not isinstance(value, dict):
        raise BadRequest(f"{key}: send an object, such as {example}")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise BadRequest(f"{_named(key)}: this key appears twice in one object")
        made[key] = value
    return made


def _check(body: Json) -> None:
    rest: list[tuple[Json, tuple[str, ...]]] = [(body, ())]
    while rest:
        value, place = rest.pop()
        if len(place) > MOST_DEPTH:
            raise BadRequest(f"{_named(*place)}: {_too_deep()}")
        if isinstance(value, float) and not math.isfinite(value):
            told = "NaN isn't a number" if math.isnan(value) else "this number is infinite or too large"
            raise BadRequest(f"{_named(*place)}: {told}")
        if isinstance(value, str) and (half := SURROGATE.search(value)):
            raise BadRequest(f"{_named(*place)}: {_half(half)}")
        if isinstance(value, dict):
            for key, item in value.items():
                if half := SURROGATE.search(key):
                    raise BadRequest(f"{_named(*place, key)}: {_half(half)} in the key")
                rest.append((item, (*place, key)))
        elif isinstance(value, list):
            rest.extend((item, (*place, str(index))) for index, item in enumerate(value))


def _named(*place: str) -> str:
    named = printable(".".join(place))
    return named if len(named) <= LONGEST_PLACE else f"{named[:LONGEST_PLACE]}…"


def _half(half: re.Match[str]) -> str:
    return f"half a character ({printable(half[0])}) isn't text"


def _too_deep() -> str:
    return f"the JSON is nested too deeply: send at most {MOST_DEPTH} levels"


def announced(request: Request) -> int | None:
    """Returns the size of a body as its header says it; None without one."""
    length = request.headers.get("content-length", "")
    return int(length) if re.fullmatch("[0-9]{1,18}", length) else None
