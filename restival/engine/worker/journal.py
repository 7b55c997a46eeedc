"""The recorded side of one attempt at a transaction: everything that the replay compares goes through here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, TypeVar, cast

from pydantic import BaseModel
from restate import RunOptions, TerminalError, wait_completed
from restate._internal import VMException  # type: ignore[import-not-found]  # a compiled module
from restate.context import RestateDurableFuture
from restate.exceptions import SdkInternalBaseException
from restate.serde import BytesSerde
from restate.server_context import DisconnectedException, ServerInvocationContext

from restival.actions.context import Cancelled
from restival.engine.restate.codec import NotReadable
from restival.engine.restate.recorded_result import (
    MAX_RESULT,
    TooLargeToRecord,
    recorded_error,
    recorded_result,
    restored,
)
from restival.engine.restate.replaying import is_replaying
from restival.engine.state.past import Command, Done, ReplayRecord
from restival.engine.state.records import NOTES_CANCEL, Cancelling, Notification, Publish, notice_key
from restival.engine.worker.attempt import AttemptOver
from restival.engine.worker.changed_code import ChangedCode
from restival.engine.worker.guard import Guard, Passing
from restival.engine.worker.misuse import AT_ONCE, CUT_SHORT
from restival.engine.worker.replay import Replayer, Resolved
from restival.engine.worker.running import Place, Running
from restival.io.core.call import PendingCall
from restival.io.core.runner import current
from restival.isolation.loop import in_step
from restival.isolation.timeouts import in_timeout

T = TypeVar("T")

SEEN_SECONDS = 0.05
"""Pages hear of what takes longer."""
CANCEL_SECONDS = 30.0
"""How long work that hasn't begun waits for a cancel that is on its way."""
CANCELLED = 409
"""With what code Restate ends a wait that is cancelled. Who reaches its ingress can only reject with others."""
NEVER = "restival.never"
"""A signal that nobody sends: waiting for it takes no entry of the journal, and ends by a cancel alone."""


class Journal(Guard):
    """Sets state, records work and waits, for one attempt."""

    def __init__(
        self,
        restate: ServerInvocationContext,
        publish: Publish,
        running: Running,
        past: ReplayRecord | None = None,
        version: int = 0,
    ) -> None:
        super().__init__()
        self._restate = restate
        self.invocation = restate.request().id
        """The id of the Restate invocation."""
        self._past = Replayer(past) if past is not None else None
        self._publish = publish
        self._running = running
        self._version = version
        self._unrecorded: list[tuple[str, BaseModel | None, bytes]] = []
        self._runs = 0
        self._noticed, self._noticed_before = 0, past.notices if past is not None else 0
        self._cancelling = Cancelling(over=True)
        self.cancel_asked = False
        """Whether somebody cancels it: set before the cancel has come through Restate."""
        self.on_cancelled: Callable[[], None] = lambda: None
        """Called when the action sees a cancel."""
        self.interrupted: asyncio.Future[None] | None = None
        """While a cancel is taken from Restate for code that doesn't wait for anything recorded."""

    @property
    def seed(self) -> int:
        """What the random numbers of the transaction are made from."""
        return self._restate.invocation.random_seed

    @property
    def replaying(self) -> bool:
        """Whether what comes next is already recorded."""
        return is_replaying(self._restate)

    def set(self, key: str, value: BaseModel | None) -> None:
        """Record that a key of the state holds this now, and notify the open pages unless this is a replay."""
        if self._past is not None and isinstance(value, PendingCall):
            self._past.asks(value)
        self.check()
        told = b"" if value is None else value.model_dump_json(exclude_defaults=True).encode()
        if len(told) > MAX_RESULT:
            raise TooLargeToRecord(key.partition("/")[0], len(told))
        self._unrecorded.append((key, value, told))
        if self.replaying:
            self.record()
        else:
            self._publish(key, value)

    def record(self) -> None:
        """Record what was set. That comes by itself before anything else is recorded or waited for, and not at once:
        what a person waits for is on its way first."""
        while self._unrecorded:
            key, value, told = self._unrecorded.pop(0)
            with self.passing():
                if value is None:
                    self._restate.clear(key)
                else:
                    self._restate.set(key, told, serde=BytesSerde())

    def publish_when_taken(self) -> None:
        """From now on pages hear of what is set when Restate has taken it all."""
        publish = self._publish

        def later(key: str, value: BaseModel | None) -> None:
            self._attempt.when_closed(lambda: publish(key, value))

        self._publish = later

    def tell(self, key: str, value: BaseModel | None) -> None:
        """Notify the open pages of something that isn't worth recording."""
        if not self.replaying:
            self._publish(key, value)

    @contextmanager
    def telling(self, key: str, value: BaseModel) -> Iterator[None]:
        """Notify the open pages of something while it goes on, if that is long enough to be seen."""
        told = False

        def tell() -> None:
            nonlocal told
            told = True
            self.tell(key, value)

        soon = asyncio.get_running_loop().call_later(SEEN_SECONDS, tell)
        try:
            yield
        finally:
            soon.cancel()
        if told:
            self.tell(key, None)

    def notice(self, message: str, to: list[str], title: str | None = None) -> None:
        """Record a word to people (by mail, or by name if nobody signs in) and roles."""
        self._noticed += 1
        notice = Notification(n=self._noticed, at=datetime.now(UTC), title=title, message=message, to=to)
        if notice.n > self._noticed_before:
            self.set(notice_key(notice.n), notice)

    def awakeable(self) -> tuple[str, Awaitable[bytes]]:
        """An id that can be resolved from outside, and what waits for it."""
        with self.passing(counts=False):
            made = self._restate.awakeable(serde=BytesSerde())
        return self._past.awakeable(made) if self._past is not None else made

    async def run(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do a piece of work once and record its result, or the error that it raised: then raises Raised."""
        await self.alone()
        if (before := self._before("run", name)) is not None:
            return await self._restored(before.result.encode())
        self._runs += 1
        place = (self.invocation, self._runs)

        async def run_recorded() -> bytes:
            current.set(None)
            in_step.set(True)
            try:
                return recorded_result(await work())
            except BaseException as error:  # nothing that the work raises may reach the loop
                return recorded_error(error)

        async def recorded() -> bytes:
            if self._attempt.is_left:
                raise asyncio.CancelledError
            if self.cancel_asked and self._running.get(place) is None:
                await asyncio.sleep(CANCEL_SECONDS)
            with self._attempt.working():
                doing = self._running.started(place, name, run_recorded)
                data = await doing.result()
            if doing.stopped:
                raise asyncio.CancelledError  # which the SDK doesn't record
            return data

        with self._recording():
            future = self._restate.run_typed(name, recorded, RunOptions(serde=BytesSerde()))
        try:
            result = await self.wait(future)
        except Cancelled:
            await self._stop(place)
            raise
        self._running.taken(place)
        return await self._restored(result)

    async def _restored(self, result: bytes) -> Any:
        """What was recorded. Raises Raised if that is an error; classes that have changed too much end the attempt."""
        try:
            return restored(result)
        except NotReadable as error:
            self.end(ChangedCode(str(error)))
            return await self.gone()

    async def _stop(self, place: Place) -> None:
        """End work that was cancelled, so that nothing is undone before it is done."""
        if (doing := self._running.get(place)) is not None:
            with self._attempt.working():
                await self.flush()
                await doing.stop()
            self._running.taken(place)

    def _before(self, done: Done, name: str = "") -> Command | None:
        """What came of this in the transaction that this one continues; None if it is to be done now."""
        self.check()
        return self._past.take(done, name) if self._past is not None else None

    async def sleep(self, duration: timedelta) -> None:
        """Wait durably."""
        await self.alone()
        if self._before("sleep") is not None:
            return
        with self._recording():
            future = self._restate.sleep(duration)
        await self.wait(future)

    def timer(self, duration: timedelta) -> Awaitable[None]:
        """What is there when so much time has passed, over restarts too."""
        if (before := self._before("sleep")) is not None:
            return Resolved(None, before.at)
        with self._recording():
            return self._restate.sleep(duration)

    async def first(self, *futures: Awaitable[Any]) -> Awaitable[Any]:
        """Which of these is there first; of several that are there, the one that is named first."""
        if known := [each for each in futures if isinstance(each, Resolved)]:  # it has ended then, if only by a hurry
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

    async def wait_long(self, awakeable: Awaitable[bytes]) -> bytes:
        """Wait for what may come after the transaction has left memory; empty if somebody who reaches Restate has
        rejected it, which the app never does. A timeout around it would begin anew each time, so it is refused before
        it comes; where a transaction waits already it isn't."""
        if not self.replaying and in_timeout():
            self.misused(CUT_SHORT)
        try:
            return await self.wait(awakeable)
        except TerminalError:
            return b""

    async def wait(self, future: Awaitable[T]) -> T:
        """Wait for something recorded. Raises Cancelled when the transaction was cancelled."""
        if self.over:
            await self.gone()
        if self.waiting:
            self.misused(AT_ONCE)
        self.record()
        self.waiting, self._waiter = True, asyncio.current_task()
        try:
            if self.interrupted is not None:
                await asyncio.shield(self.interrupted)
                raise TerminalError("cancelled", CANCELLED)
            with self._attempt.waiting():
                return await future
        except TerminalError as error:
            if error.status_code != CANCELLED:
                raise
            self.waiting = False
            self.cancelled()
            raise Cancelled(error.message) from None
        except (SdkInternalBaseException, DisconnectedException):
            self.end(AttemptOver())
        except asyncio.CancelledError:
            if not self.over:
                self.misused(CUT_SHORT)
            raise
        finally:
            self.waiting, self._waiter = False, None
        return await self.gone()

    def cancelled(self, *interrupts: int) -> None:
        """Record that the action sees a cancel; after how many entries, if it waited for something that isn't
        recorded."""
        self.cancel_asked = False
        if not interrupts and not self._attempt.is_left:
            self.on_cancelled()
        self._note(Cancelling(interrupts=[*self._cancelling.interrupts, *interrupts]))

    async def send_cancelled(self) -> None:
        """Send that a cancel has interrupted the code. It may wait long for something that isn't recorded, and an
        attempt that begins meanwhile has to interrupt it too."""
        with suppress(SdkInternalBaseException, DisconnectedException, VMException):
            self.record()
            await self._restate.take_and_send_output()  # type: ignore[no-untyped-call]
        if not self._attempt.is_left:
            self.on_cancelled()

    def asks_after_cancel(self) -> None:
        """The action asks something although it has seen a cancel: it waits like any other."""
        if not self._cancelling.over:
            self._note(self._cancelling.model_copy(update={"over": True}))

    def _note(self, cancelling: Cancelling) -> None:
        self._cancelling = cancelling
        if self._version >= NOTES_CANCEL:
            self.set("cancelling", cancelling)
        else:
            self.tell("cancelling", cancelling)

    async def take_cancel(self) -> None:
        """Wait until a cancel has come through Restate, and take it."""
        with self.passing(counts=False):
            never = self._restate.signal(NEVER, serde=BytesSerde())
        try:
            await never
        except TerminalError:
            return
        except (SdkInternalBaseException, DisconnectedException):
            self.end(AttemptOver())
            await self.gone()

    async def promised(self, name: str) -> bytes | None:
        """What a promise of the workflow was resolved with; None while it isn't."""
        with self._recording():
            peeked = self._restate.promise(name, serde=BytesSerde()).peek()
        return await self.wait(peeked)

    async def flush(self) -> None:
        """Send what was recorded so far without waiting for the next answer or step."""
        await self.ready()
        with self._recording(counts=False):
            await self._restate.take_and_send_output()  # type: ignore[no-untyped-call]

    def _recording(self, *, counts: bool = True) -> Passing:
        self.record()
        return self.passing(counts=counts)
