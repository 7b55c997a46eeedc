"""`ctx` on Restate: what `Context` promises, done."""

import functools
import inspect
import random
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from restival.access.assignment import Assignee
from restival.access.person import Person
from restival.actions.context import ActionInfo, Context, Loading, StepFailed, TransactionInfo
from restival.engine.restate.recorded_result import Raised
from restival.engine.state.records import (
    KEY_ALPHABET,
    KEY_LENGTH,
    LoadingState,
    LogLine,
    Meta,
    Redirect,
    SleepState,
    Start,
    StartOptions,
    StepState,
    log_key,
)
from restival.engine.worker.journal import Journal
from restival.engine.worker.step_name import step_name
from restival.engine.worker.step_work import StepWork, Threads
from restival.io.core.jsonable import jsonable
from restival.io.core.urls import href
from restival.isolation.printable import printable

MAX_LOG_CHARACTERS = 10_000
MAX_BACKOFF = timedelta(minutes=1)


Queue = Callable[[str, str, Start], str]
"""Prepares an action for somebody: by its address, under a key. Gives the transaction's id."""


class DurableContext(Context):
    """The context of one attempt at a transaction."""

    def __init__(
        self,
        journal: Journal,
        seed: random.Random,
        threads: Threads,
        transaction: str,
        meta: Meta,
        queue: Queue,
        *,
        names_apart: bool,
    ) -> None:
        self._queue = queue
        self._journal = journal
        self._seed = seed
        self._threads = threads
        self._names_apart = names_apart
        self._logged = 0
        self._redirected = 0
        self.user = meta.user
        self.params = meta.params
        self.environment = meta.environment
        self.action = ActionInfo(slug=meta.slug, url=f"/{meta.slug}")
        self.transaction = TransactionInfo(id=transaction, url=f"/t/{transaction}", started_at=meta.started_at)
        self.loading = DurableLoading(journal)

    async def step(
        self,
        fn: Callable[..., Any],
        *args: Any,
        name: str | None = None,
        retries: int = 0,
        backoff: float | timedelta = 1.0,
        timeout: float | timedelta | None = None,
        **kwargs: Any,
    ) -> Any:
        title = name or self._name_of(fn)
        delay, bound = _checked(fn, retries, backoff, timeout)
        place = (self._journal.invocation, title)
        work = StepWork(self._threads, place, functools.partial(fn, *args, **kwargs), bound)
        await self._journal.alone()
        for tries in range(1, retries + 2):
            try:
                with self._journal.telling("step", StepState(name=title, tries=tries, max_tries=retries + 1)):
                    value = await self._journal.run(title, work)
            except Raised as error:
                at_once = None if error.done else await self._failed(title, tries, retries + 1, error, delay)
                if at_once is None:
                    self._journal.set("step", None)
                    raise StepFailed(title, error.error_type, error.message, tries) from error
                await self._journal.first(self._journal.timer(delay), at_once)
                delay = min(delay * 2, MAX_BACKOFF)
            else:
                if tries > 1:
                    self._journal.set("step", None)
                return value
        raise AssertionError("unreachable")

    def _name_of(self, fn: Callable[..., Any]) -> str:
        return step_name(fn) if self._names_apart else str(getattr(fn, "__name__", type(fn).__name__))

    async def _failed(
        self, name: str, tries: int, max_tries: int, error: Raised, delay: timedelta
    ) -> Awaitable[bytes] | None:
        """Tell of a try that has failed, and give what ends the wait for the next one; None after the last."""
        last = tries == max_tries
        more = "" if last else f", next in {delay.total_seconds():g} s"
        count = f" attempt {tries} of {max_tries}" if max_tries > 1 else ""
        self._log(f"Step {name}:{count} failed{more}: {error}", "warning")
        if last:
            return None
        awakeable, at_once = self._journal.awakeable()
        state = StepState(
            name=name,
            tries=tries,
            max_tries=max_tries,
            failure=str(error),
            next_at=datetime.now(UTC) + delay,
            awakeable=awakeable,
        )
        self._journal.set("step", state)
        return at_once

    async def queue(
        self, action: str, params: Mapping[str, Any] | None = None, *, assignee: str | Person, **options: Any
    ) -> str:
        await self._journal.ready()
        key = "".join(self._seed.choices(KEY_ALPHABET, k=KEY_LENGTH))
        start = Start.new(
            dict(params or {}),
            self.user,
            self.environment,
            StartOptions(**options),
            queued_for=Assignee.of(assignee),
        )
        transaction = self._queue(action, key, start)
        await self._journal.flush()
        return transaction

    async def log(self, *values: Any) -> None:
        await self._journal.ready()
        self._log(" ".join(value if isinstance(value, str) else str(jsonable(value)) for value in values), "info")
        await self._journal.flush()

    def _log(self, text: str, level: Any) -> None:
        self._logged += 1
        line = LogLine(n=self._logged, at=datetime.now(UTC), text=printable(text, MAX_LOG_CHARACTERS), level=level)
        self._journal.set(log_key(line.n), line)

    async def notify(
        self, message: str, title: str | None = None, *, delivery: Sequence[str | Mapping[str, str]] | None = None
    ) -> None:
        await self._journal.ready()
        named = [each if isinstance(each, str) else each["to"] for each in delivery or ()]
        to = [self.user.identity] if delivery is None else named
        self._journal.notice(message, to, title)
        await self._journal.flush()

    async def redirect(
        self,
        url: str | None = None,
        *,
        route: str | None = None,
        params: Mapping[str, Any] | None = None,
        replace: bool = False,
    ) -> None:
        await self._journal.ready()
        self._redirected += 1
        target = href(url, route, params, "ctx.redirect")
        redirect = Redirect(n=self._redirected, target=target, replace=replace, starts=route is not None)
        self._journal.set("redirect", redirect)
        await self._journal.flush()

    async def now(self) -> datetime:
        return await self._journal.clock()

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self._seed.getrandbits(128), version=4)

    def random(self) -> random.Random:
        return self._seed

    async def sleep(self, duration: float | timedelta) -> None:
        delta = max(_duration(duration), timedelta(0))
        await self._journal.ready()
        self._journal.set("sleep", SleepState(until=datetime.now(UTC) + delta))
        await self._journal.sleep(delta)
        self._journal.tell("sleep", None)


class DurableLoading(Loading):
    """Progress kept in the transaction's state."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._state = LoadingState()

    async def start(
        self, label: str | None = None, *, description: str | None = None, items_in_queue: int | None = None
    ) -> None:
        await self._set(LoadingState(label=label, description=description, items_in_queue=items_in_queue))

    async def update(
        self, label: str | None = None, *, description: str | None = None, items_in_queue: int | None = None
    ) -> None:
        given = {"label": label, "description": description, "items_in_queue": items_in_queue}
        await self._set(self._state.model_copy(update={k: v for k, v in given.items() if v is not None}))

    async def complete_one(self) -> None:
        await self._set(self._state.model_copy(update={"completed": self._state.completed + 1}))

    async def _set(self, state: LoadingState) -> None:
        await self._journal.ready()
        self._state = state
        self._journal.set("loading", state)
        await self._journal.flush()


def _checked(
    fn: Any, retries: int, backoff: float | timedelta, timeout: float | timedelta | None
) -> tuple[timedelta, float | None]:
    """The pause before the second try, and the seconds that one may take. Raises TypeError, ValueError."""
    if inspect.isawaitable(fn):
        if inspect.iscoroutine(fn):
            fn.close()
        raise TypeError("ctx.step takes a function and its arguments, not a call, such as ctx.step(fetch, 4)")
    if not callable(fn):
        raise TypeError(f"ctx.step takes a function, not {type(fn).__name__}")
    if retries < 0:
        raise ValueError(f"retries can't be negative: retries={retries}")
    pause = _duration(backoff)
    if pause < timedelta(0):
        raise ValueError(f"backoff can't be negative: backoff={backoff}")
    bound = None if timeout is None else _duration(timeout).total_seconds()
    if bound is not None and bound <= 0:
        raise ValueError(f"timeout must be greater than 0 seconds, not {timeout}")
    return pause, bound


def _duration(value: float | timedelta) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
