"""What a button starts, what needs a right, and what calls a page back from outside, each by one function."""

import asyncio
from contextlib import nullcontext
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import pytest

from restival.errors import NotAllowed, RestivalError
from restival.ui.elements.button import run_button
from restival.ui.elements.lifecycle import page_callback
from restival.ui.session import permissions
from restival.ui.session.permissions import require


class Pressed:
    """A button as `run_button` sees it."""

    is_busy = False

    def set_busy(self, busy: bool) -> None:
        self.is_busy = busy


async def test_a_second_press_while_the_first_works_does_nothing() -> None:
    button: Any = Pressed()
    goes_on, done = asyncio.Event(), list[int]()

    async def work() -> None:
        await goes_on.wait()
        done.append(1)

    first = asyncio.create_task(run_button(button, work))
    await asyncio.sleep(0)
    assert button.is_busy
    assert await run_button(button, work) is False
    goes_on.set()
    assert await first is True
    assert (done, button.is_busy) == ([1], False)


async def test_what_the_reader_should_know_is_told_and_other_errors_are_raised() -> None:
    button: Any = Pressed()
    told: list[str] = []

    async def refused() -> None:
        raise RestivalError("the engine is away")

    async def broken() -> None:
        raise ZeroDivisionError

    assert await run_button(button, refused, told.append) is False
    assert (told, button.is_busy) == (["the engine is away"], False)
    with pytest.raises(ZeroDivisionError):
        await run_button(button, broken, told.append)
    assert (told, button.is_busy) == (["the engine is away"], False)


def test_what_is_not_allowed_is_written_into_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    audit = SimpleNamespace(refuse=lambda person, **about: written.append((person, about)))
    services: Any = SimpleNamespace(auth=SimpleNamespace(audit=audit))
    monkeypatch.setattr(permissions, "current_person", lambda: "eve")
    require(services, True, what="retry", where="a.b")
    assert written == []
    with pytest.raises(NotAllowed, match="You don't have permission to do this"):
        require(services, False, what="retry", where="a.b")
    with pytest.raises(NotAllowed, match="not yours"):
        require(services, False, message="not yours", schedule="x")
    assert written == [("eve", {"what": "retry", "where": "a.b"}), ("eve", {"schedule": "x"})]


class Place(nullcontext[None]):
    """A place as `page_callback` sees it."""

    is_deleted = False


async def test_a_page_is_called_back_in_its_own_context_until_it_is_gone() -> None:
    reader: ContextVar[str] = ContextVar("reader", default="nobody")
    place: Any = Place()
    drawn: list[tuple[str, str]] = []
    reader.set("ada")
    changed = page_callback(place, lambda what: drawn.append((what, reader.get())))
    reader.set("whoever makes the change")
    changed("one")
    assert drawn == []
    await asyncio.sleep(0.02)
    assert drawn == [("one", "ada")]
    changed("two")
    place.is_deleted = True
    await asyncio.sleep(0.02)
    assert drawn == [("one", "ada")]
