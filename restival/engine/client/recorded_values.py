"""Recorded values as people read them, without tags."""

import json
import re

from restival.engine.restate.codec import decode
from restival.engine.restate.codec.packing import TAG
from restival.engine.restate.codec.texts import text_of
from restival.engine.restate.recorded_result import RecordedError
from restival.io.core.call import Json
from restival.isolation.printable import printable

TAGGED = re.compile(r'\{"\$":"[\w ]+","v":([^{}[\]]*)\}')
"""A simple value with its tag, as text."""
OBJECTS = frozenset({"dataclass", "attrs", "model", "record"})
"""Tags of values with fields."""


def plain_value(data: Json) -> Json:
    """A recorded value as JSON without tags."""
    if isinstance(data, list):
        return [plain_value(item) for item in data]
    if not isinstance(data, dict):
        return data
    if TAG not in data or "v" not in data:
        return {key: plain_value(item) for key, item in data.items()}
    tag, value = data[TAG], data["v"]
    if (text := text_of(tag, value)) is not None:
        return printable(text, 6 * len(text))
    if isinstance(value, dict) and tag in OBJECTS:
        extra = data.get("extra")
        return {key: plain_value(item) for key, item in (value | (extra if isinstance(extra, dict) else {})).items()}
    return plain_value(value)


def plain_text(data: str) -> str:
    """A recorded value as people read it: indented JSON without tags, also if it was cut."""
    try:
        value = plain_value(json.loads(data))
    except ValueError:
        return TAGGED.sub(r"\1", data)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def recorded_traceback(value: bytes) -> str:
    """The traceback in the record of a try that has failed; "" where it was something else."""
    error = decode(value) if value else None
    return error.traceback if isinstance(error, RecordedError) else ""
