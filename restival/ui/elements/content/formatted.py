"""The one door through which people's text becomes HTML.

What is short is done at once; all else in a process of its own, which has a deadline. Where a text is too long, or
takes too long, nothing comes of it, and it's shown as it is written.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from nicegui import background_tasks
from nicegui.element import Element

from restival.isolation.sandbox import prose
from restival.isolation.sandbox.nesting import is_quick
from restival.isolation.sandbox.workers import Overloaded, Undone, Workers
from restival.isolation.thread_pools import TEXT

SECONDS = 2.0
"""What a text may take. Nearly all take some hundredths."""
MEMORY = 500_000_000
WAITING = 2_000
LONGEST = {"markdown": 100_000, "html": 500_000, "code": 100_000, "diff": 2_000_000}
"""Characters."""
SHORT = {"markdown": 2_000, "html": 10_000, "code": 0, "diff": 2_000}
"""Characters with which the worst takes some hundredths of a second. Of code no length is safe: there are languages
whose lexers are cubic."""
FEW_LINES = 50
"""Lines of a short diff, the time for which can grow with their cube."""
AT_ONCE_SECONDS = 0.1
"""What may be done at once in a second; many short texts are no less than a long one."""
KEPT = 30_000_000
"""Characters that are kept of what came of texts."""
SOON = 0.5
"""For so long what is about to be drawn is waited for, which is enough to begin a process."""


@dataclass(frozen=True)
class Text:
    """What is to become HTML, and how."""

    kind: Literal["markdown", "html", "code", "diff"]
    parts: tuple[str, ...]

    @property
    def length(self) -> int:
        """Its characters, the name of a language included."""
        return sum(map(len, self.parts))

    @property
    def is_short(self) -> bool:
        """Whether it can be done at once."""
        if self.length > SHORT[self.kind]:
            return False
        text = self.parts[0]
        if self.kind == "markdown":
            return "```" not in text and "~~~" not in text  # there is code in it
        if self.kind == "html":
            return is_quick(text)
        return self.kind == "diff" and all(part.count("\n") < FEW_LINES for part in self.parts)


class Formatter:
    """What came of the texts that were shown lately, and how others are done."""

    def __init__(self) -> None:
        self._workers = Workers(TEXT, seconds=SECONDS, memory=MEMORY, waiting=WAITING)
        self._found: OrderedDict[Text, Any] = OrderedDict()
        self._size = 0
        self._under_way: dict[Text, asyncio.Task[Any]] = {}
        self._second = self._spent = 0.0

    def at_once(self, text: Text) -> tuple[bool, Any]:
        """Whether it's known by now what comes of a text, and what."""
        if text in self._found:
            self._found.move_to_end(text)
            return True, self._found[text]
        if text.length > LONGEST[text.kind]:
            return True, None
        if not text.is_short or not self._has_time():
            return False, None
        began = time.perf_counter()
        try:
            [found] = getattr(prose, text.kind)(*text.parts)
        except ValueError:  # half characters, which can't be HTML
            found = None
        self._spent += time.perf_counter() - began
        self._keep(text, found)
        return True, found

    async def later(self, text: Text) -> Any:
        """What comes of a text in its process."""
        known, found = self.at_once(text)
        if known:
            return found
        if text not in self._under_way:
            self._under_way[text] = background_tasks.create(self._done(text), name="format text")
        return await asyncio.shield(self._under_way[text])

    async def _done(self, text: Text) -> Any:
        try:
            [found] = await self._workers.run("prose", text.kind, *text.parts)
        except Overloaded:
            return None
        except Undone:
            found = None
        finally:
            del self._under_way[text]
        self._keep(text, found)
        return found

    def _has_time(self) -> bool:
        second = time.monotonic()
        if second - self._second > 1:
            self._second, self._spent = second, 0.0
        return self._spent < AT_ONCE_SECONDS

    def _keep(self, text: Text, found: Any) -> None:
        self._found[text] = found
        self._size += _size(text, found)
        while self._size > KEPT:
            self._size -= _size(*self._found.popitem(last=False))


def _size(text: Text, found: Any) -> int:
    return text.length + (len(found) if isinstance(found, str) else 100 * len(found or ()))


FORMATTER = Formatter()


def show(place: Element, texts: Iterable[Text], draw: Callable[..., object]) -> None:
    """Draw what comes of the texts, in that order, into a place: plainly what isn't known yet, and again when it is."""
    texts = list(texts)
    known = [FORMATTER.at_once(text) for text in texts]
    draw(*(found for _, found in known))
    if not all(is_known for is_known, _ in known):
        background_tasks.create(_again(place, texts, draw), name="format text")


async def _again(place: Element, texts: list[Text], draw: Callable[..., object]) -> None:
    found = await asyncio.gather(*map(FORMATTER.later, texts))
    if not place.is_deleted and any(each is not None for each in found):
        draw(*found)


def unknown(texts: Iterable[Text]) -> list[Text]:
    """Those of which it isn't known yet what comes of them."""
    return [text for text in texts if not FORMATTER.at_once(text)[0]]


async def soon(texts: Iterable[Text]) -> None:
    """Wait until these can be drawn as they are to stay, if that's soon: what is drawn twice moves what is below it."""
    tasks = [asyncio.ensure_future(FORMATTER.later(text)) for text in texts]
    if tasks:
        await asyncio.wait(tasks, timeout=SOON)
