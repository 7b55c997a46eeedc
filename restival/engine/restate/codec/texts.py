"""Texts that UTF-8 can't hold: half characters, as in file names that aren't UTF-8."""

import json
import re
from collections.abc import Callable
from typing import Any

from restival.io.core.call import Json

HALF = re.compile("[\ud800-\udfff]")


def is_odd(text: str) -> bool:
    """Whether the text has half characters."""
    return HALF.search(text) is not None


def stored(text: str) -> str:
    """The text in ASCII."""
    return text.encode("unicode_escape").decode()


def restored(data: str) -> str:
    """The text again, with each half by itself: JSON would put two halves together."""
    return data.encode().decode("unicode_escape")


RESTORED: dict[str, Callable[[str], Any]] = {"halves": restored, "text": json.loads}
"""By the tag; `text` isn't written any more."""


def text_of(tag: Json, data: Json) -> str | None:
    """The text if that is the tag of one."""
    return RESTORED[tag](data) if isinstance(tag, str) and isinstance(data, str) and tag in RESTORED else None
