"""How values are recorded: JSON that a person can read, with tags where JSON has no such type."""

import json
import re
from typing import Any

from restate.entry_codec import JournalValueCodec

from restival.engine.codec.errors import NotReadable, NotRecordable
from restival.engine.codec.pack import FLAT, TAG, TOO_DEEP, pack, with_odd_texts
from restival.engine.codec.unpack import unpack
from restival.io.call import Json
from restival.printable import printable

__all__ = ["TAG", "NotReadable", "NotRecordable", "PlainCodec", "decode", "encode", "plain_text", "plain_value"]

TAGGED = re.compile(r'\{"\$":"\w+","v":([^{}[\]]*)\}')
"""A simple value with its tag, as text."""


def encode(value: Any) -> bytes:
    """The value as bytes; `decode` gives it back, type for type. Raises NotRecordable."""
    try:
        packed = pack(value)
        try:
            return _written(packed)
        except UnicodeEncodeError:
            return _written(with_odd_texts(packed))
    except NotRecordable:
        raise
    except RecursionError:
        raise NotRecordable(TOO_DEEP, FLAT) from None
    except BaseException as error:  # a value's own methods may raise anything
        why = f"{type(error).__qualname__}: {printable(error, 500)}"
        raise NotRecordable(f"the result can't be recorded ({why})") from None


def _written(packed: Json) -> bytes:
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> Any:
    """The value that `encode` made bytes of; classes are found by their module and name. Raises NotReadable."""
    return unpack(json.loads(data))


def plain_value(data: Json) -> Json:
    """A recorded value as JSON without tags."""
    if isinstance(data, list):
        return [plain_value(item) for item in data]
    if not isinstance(data, dict):
        return data
    if TAG not in data:
        return {key: plain_value(item) for key, item in data.items()}
    if data[TAG] == "text":
        return printable(json.loads(str(data["v"])))
    return plain_value(data["v"])


def plain_text(data: str) -> str:
    """A recorded value as people read it: indented JSON without tags, also if it was cut."""
    try:
        value = plain_value(json.loads(data))
    except ValueError:
        return TAGGED.sub(r"\1", data)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


class PlainCodec(JournalValueCodec):
    """Leaves values as they are. That a codec is there at all makes a replay compare the order and kind of journal
    entries only, not their payloads, so that an action may show other rows when its body runs again."""

    def encode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)

    async def decode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)
