"""How values are recorded: JSON that a person can read, with tags where JSON has no such type."""

import json
from typing import Any

from restate.entry_codec import JournalValueCodec

from restival.engine.restate.codec.errors import NotReadable, NotRecordable, told
from restival.engine.restate.codec.pack import FLAT, TOO_DEEP, Packer
from restival.engine.restate.codec.packing import TAG
from restival.engine.restate.codec.unpack import unpack
from restival.io.core.call import Json

__all__ = ["TAG", "NotReadable", "NotRecordable", "PlainCodec", "decode", "encode"]

READER = json.JSONDecoder(parse_constant=float)
"""Each NaN is a number of its own: two of them can be keys of the same dict."""


def encode(value: Any) -> bytes:
    """The value as bytes; `decode` gives it back, type for type. Raises NotRecordable."""
    try:
        try:
            return _written(Packer(value).packed())
        except UnicodeEncodeError:
            return _written(Packer(value, odd=True).packed())
    except NotRecordable:
        raise
    except RecursionError:
        raise NotRecordable(TOO_DEEP, FLAT) from None
    except BaseException as error:  # a value's own methods may raise anything
        raise NotRecordable(f"the result can't be recorded ({told(error)})") from None


def _written(packed: Json) -> bytes:
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> Any:
    """The value that `encode` made bytes of; classes are found by their module and name. Raises NotReadable."""
    try:
        return unpack(READER.decode(data.decode()))
    except NotReadable:
        raise
    except BaseException as error:  # classes that have changed may raise anything
        raise NotReadable(f"the record can't be read: {told(error)}") from None


class PlainCodec(JournalValueCodec):
    """Leaves values as they are. That a codec is there at all makes a replay compare the order and kind of journal
    entries only, not their payloads, so that an action may show other rows when its body runs again."""

    def encode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)

    async def decode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)
