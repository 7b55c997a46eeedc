"""The recorded side of one attempt at a transaction: everything that the replay compares goes through here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from traceback import format_exception
from typing import Any, TypeVar, cast

from pydantic import BaseModel
from restate import RunOptions, TerminalError, wait_completed
from restate._internal import VMException  # type: ignore[import-not-found]  # a compiled module
from restate.context import RestateDurableFuture
from restate.exceptions import SdkInternalBaseException
from restate.serde import BytesSerde
from restate.server_context import DisconnectedException, ServerInvocationContext, restate_context_is_replaying

from restival.context import Cancelled
from restival.engine.attempt import current_attempt
from restival.engine.codec import decode, encode
from restival.engine.past import Command, Done, Known, Past, Playback
from restival.engine.view import Notice, Publish, notice_key
from restival.io.call import PendingCall
from restival.io.runner import current

T = TypeVar("T")

MAX_TRACEBACK = 20_000
"""Characters of a traceback that are kept, the last ones."""


TURNS = 10
"""Turns of the event loop until who was told something has sent what comes of it."""


class AttemptOver(SdkInternalBaseException):
    """This attempt has ended (suspended, disconnected, or stopped by a mismatch) and must not go on.

    It derives from the SDK's own so that the SDK ends the attempt quietly; `finally` blocks of an action that run
    while it is leaving memory get it from each call.
    """

    def __init__(self) -> None:
        super().__init__("This attempt of the transaction has ended.")


class Raised(Exception):
    """Recorded work has raised: what it was, as it was recorded."""

    def __init__(self, error_type: str, message: str, traceback: str) -> None:
        self.error_type, self.message, self.traceback = error_type, message, traceback
        super().__init__(f"{error_type}: {message}")


@dataclass(frozen=True)
class _RecordedError:
    error_type: str
    message: str
    traceback: str


def _raised(error: Exception) -> _RecordedError:
    return _RecordedError(type(error).__qualname__, str(error), "".join(format_exception(error))[-MAX_TRACEBACK:])


def recorded_traceback(value: bytes) -> str:
    """The traceback in the record of a try that has failed; "" where it was something else."""
    error = decode(value) if value else None
    return error.traceback if isinstance(error, _RecordedError) else ""


class Journal:
    """Sets state, records work and waits, for one attempt."""

    def __init__(self, restate: ServerInvocationContext, publish: Publish, past: Past | None = None) -> None:
        self._restate = restate
        self._past = Playback(past) if past is not None else None
        self._publish = publish
        self._unrecorded: list[tuple[str, BaseModel | None]] = []
        self._waiting = False
        self._noticed, self._noticed_before = 0, past.notices if past is not None else 0
        self.over = False
        """Whether the attempt has left this process before its end."""

    @property
    def invocation(self) -> str:
        """The id of the Restate invocation."""
        return self._restate.request().id

    @property
    def seed(self) -> int:
        """What the random numbers of the transaction are made from."""
        return self._restate.invocation.random_seed

    @property
    def replaying(self) -> bool:
        """Whether what comes next is already recorded."""
        return restate_context_is_replaying.get()

    def set(self, key: str, value: BaseModel | None) -> None:
        """Record that a key of the state holds this now, and tell the open pages unless this is a replay."""
        if self._past is not None and isinstance(value, PendingCall):
            self._past.asks(value)
        if self.over:
            raise AttemptOver
        self._unrecorded.append((key, value))
        if self.replaying:
            self.record()
        else:
            self._publish(key, value)

    def record(self) -> None:
        """Record what was set. That comes by itself before anything else is recorded or waited for, and not at once: by
        then what a person waits for is on its way."""
        while self._unrecorded:
            key, value = self._unrecorded.pop(0)
            with self._guard():
                if value is None:
                    self._restate.clear(key)
                else:
                    told = value.model_dump_json(exclude_defaults=True)  # Restate is the faster the less there is
                    self._restate.set(key, told.encode(), serde=BytesSerde())

    def tell(self, key: str, value: BaseModel | None) -> None:
        """Tell the open pages something that isn't worth recording."""
        if not self.replaying:
            self._publish(key, value)

    def notice(self, message: str, to: list[str], title: str | None = None) -> None:
        """Record a word to people (by mail, or by name where nobody signs in) and roles."""
        self._noticed += 1
        notice = Notice(n=self._noticed, at=datetime.now(UTC), title=title, message=message, to=to)
        if notice.n > self._noticed_before:
            self.set(notice_key(notice.n), notice)

    def awakeable(self) -> tuple[str, Awaitable[bytes]]:
        """An id that can be resolved from outside, and what waits for it."""
        with self._guard():
            made = self._restate.awakeable(serde=BytesSerde())
        return self._past.awakeable(made) if self._past is not None else made

    async def run(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do a piece of work once and record its result, or the error that it raised: then raises Raised."""

        async def recorded() -> bytes:
            current.set(None)
            with current_attempt.get().working():
                try:
                    return encode(await work())
                except Exception as error:
                    return encode(_raised(error))

        if (before := self._before("run", name)) is not None:
            result = decode(before.result.encode())
        else:
            with self._recording():
                future = self._restate.run_typed(name, recorded, RunOptions(serde=BytesSerde()))
            result = decode(await self.wait(future))
        if isinstance(result, _RecordedError):
            raise Raised(result.error_type, result.message, result.traceback)
        return result

    def _before(self, done: Done, name: str = "") -> Command | None:
        """What came of this in the transaction that this one goes on from; None where it is to be done now."""
        if self.over:
            raise AttemptOver
        return self._past.take(done, name) if self._past is not None else None

    async def sleep(self, duration: timedelta) -> None:
        """Wait durably."""
        if self._before("sleep") is not None:
            return
        with self._recording():
            future = self._restate.sleep(duration)
        await self.wait(future)

    def timer(self, duration: timedelta) -> Awaitable[None]:
        """What is there when so much time has passed, over restarts too."""
        if (before := self._before("sleep")) is not None:
            return Known(None, before.at)
        with self._recording():
            return self._restate.sleep(duration)

    async def first(self, *futures: Awaitable[Any]) -> Awaitable[Any]:
        """Which of these is there first; of several that are there, the one that is named first."""
        if known := [each for each in futures if isinstance(each, Known)]:  # it has ended then, if only by a hurry
            return min(known, key=lambda each: each.at or inf)
        completed, _ = await self.wait(wait_completed(*cast(tuple[RestateDurableFuture[Any], ...], futures)))
        return completed[0]

    def send(self, service: str, key: str, handler: str, body: bytes) -> None:
        """Have another transaction do something, once."""
        if self._before("send") is not None:
            return
        with self._recording():
            self._restate.generic_send(service, handler, body, key=key)

    async def clock(self, name: str = "now") -> datetime:
        """The time, recorded."""

        async def now() -> datetime:
            return datetime.now(UTC)

        moment: datetime = await self.run(name, now)
        return moment

    async def wait(self, future: Awaitable[T]) -> T:
        """Wait for something recorded. Raises Cancelled when the transaction was cancelled."""
        if self._waiting:
            raise RuntimeError(
                "An action waits for one thing at a time: await its io and ctx calls one after the other, "
                "not with asyncio.gather or tasks; several fields in one form go into io.group."
            )
        self.record()
        self._waiting, settled = True, False
        try:
            value = await future
            settled = True
            return value
        except TerminalError as error:  # all that waits here is resolved with values: only a cancel ends it otherwise
            settled = True
            raise Cancelled(error.message) from None
        except DisconnectedException as error:  # an Exception, which an action's own `except` must not see
            raise AttemptOver from error
        finally:
            self._waiting = False
            self.over = self.over or not settled

    async def promised(self, name: str) -> bytes | None:
        """What a promise of the workflow was resolved with; None while it isn't."""
        with self._recording():
            peeked = self._restate.promise(name, serde=BytesSerde()).peek()
        return await self.wait(peeked)

    async def let_go_first(self) -> None:
        """Let those who were just told something go on before it is sent to Restate: they are what a person waits for,
        and Restate has time until an answer comes."""
        if not self.replaying:
            for _ in range(TURNS):
                await asyncio.sleep(0)

    async def flush(self) -> None:
        """Send what was recorded so far without waiting for the next answer or step."""
        with self._recording():
            await self._restate.take_and_send_output()  # type: ignore[no-untyped-call]

    @contextmanager
    def _recording(self) -> Iterator[None]:
        self.record()
        with self._guard():
            yield

    @contextmanager
    def _guard(self) -> Iterator[None]:
        if self.over:
            raise AttemptOver
        try:
            yield
        except VMException as error:
            self.over = True
            raise AttemptOver from error
