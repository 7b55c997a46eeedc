"""What an action can call besides its IO: the whole of `ctx` in one place. How it is done stands in the engine."""

import random
import uuid
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar, overload

from pydantic import BaseModel, ConfigDict

from restival.access.person import Person
from restival.errors import RestivalError

T = TypeVar("T")
Priority = Literal["low", "normal", "high", "urgent"]
"""From the lowest to the highest."""


class StepFailed(RestivalError):
    """A step that has failed for good: its tries are used up. `error_type` is the class name of the last error."""

    def __init__(self, step: str, error_type: str, message: str, tries: int) -> None:
        self.step, self.error_type, self.message, self.tries = step, error_type, message, tries
        times = "" if tries == 1 else f" after {tries} attempts"
        super().__init__(f"Step {step} failed{times}: {error_type}: {message}")


class TimedOut(RestivalError):
    """Nobody has answered a call within its `.timeout()`: `label` is what was asked, `after` how long it waited."""

    def __init__(self, label: str, after: timedelta) -> None:
        self.label, self.after = label, after
        super().__init__(f"No one answered within {after}: {label}" if label else f"No one answered within {after}")


class Cancelled(BaseException):
    """Somebody has cancelled the transaction. It reaches the action at its await; it isn't an `Exception`, so that
    only `finally` and handlers that name it see it."""


class ActionInfo(BaseModel):
    """The action that runs: its slug and where its page is, as a path from the app's root."""

    model_config = ConfigDict(frozen=True)

    slug: str
    url: str


class TransactionInfo(BaseModel):
    """The transaction that runs: its id, where its page is, and when it was started (UTC)."""

    model_config = ConfigDict(frozen=True)

    id: str
    url: str
    started_at: datetime


class Loading(ABC):
    """The progress that the transaction's page shows while the action works."""

    @abstractmethod
    async def start(
        self, label: str | None = None, *, description: str | None = None, items_in_queue: int | None = None
    ) -> None:
        """Show progress; with `items_in_queue` as a share of that many items."""

    @abstractmethod
    async def update(
        self, label: str | None = None, *, description: str | None = None, items_in_queue: int | None = None
    ) -> None:
        """Change what is given, keep the rest."""

    @abstractmethod
    async def complete_one(self) -> None:
        """One more of the items is done."""


class Context(ABC):
    """What an action gets by annotating a parameter: `async def refund(io: IO, ctx: Context)`.

    The body of an action runs again from its start whenever its transaction comes back to memory. What was recorded
    (answers, steps, the clock) is not done again, it comes from the record; so everything that changes the world
    belongs into a step.
    """

    user: Person
    """Who started the transaction."""
    params: dict[str, Any]
    """The values that the transaction was started with, as JSON."""
    environment: str
    """The `environment` of restival.yaml when the transaction started."""
    action: ActionInfo
    transaction: TransactionInfo
    loading: Loading

    @overload
    async def step(
        self,
        fn: Callable[..., Awaitable[T]],
        *args: Any,
        name: str | None = None,
        retries: int = 0,
        backoff: float | timedelta = 1.0,
        timeout: float | timedelta | None = None,
        **kwargs: Any,
    ) -> T: ...

    @overload
    async def step(
        self,
        fn: Callable[..., T],
        *args: Any,
        name: str | None = None,
        retries: int = 0,
        backoff: float | timedelta = 1.0,
        timeout: float | timedelta | None = None,
        **kwargs: Any,
    ) -> T: ...

    @abstractmethod
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
        """Do a piece of work once and record its result; a sync function runs in a thread.

        `retries` is how often it is tried again after an error, the first time after `backoff` seconds, then each
        time after twice as long, at most a minute. `timeout` (seconds) bounds one try, from its own begin; a thread
        whose time is up runs to its end, which the next try waits for. If the process dies during the step, the step
        is done again: it is recorded when it has ended.

        Raises StepFailed when the tries are used up, and at once if the result can't be recorded; TypeError and
        ValueError for arguments that can't be meant.
        """

    @abstractmethod
    async def queue(
        self,
        action: str,
        params: Mapping[str, Any] | None = None,
        *,
        assignee: str | Person,
        note: str = "",
        priority: Priority | None = None,
    ) -> str:
        """Prepare another action for somebody, a person (a `Person` or a mail) or a role: it waits in their inbox, and
        runs with these params as whoever starts it, who needs the right to run it. Gives the transaction's id at once.
        Its `priority` is that of the action unless given.

        `action` is its address, as in `shop/refund`. Raises LookupError where there is no such action, ValueError
        where the params don't fit it.
        """

    @abstractmethod
    async def log(self, *values: Any) -> None:
        """Write a line to the transaction's log, shown live and kept; at most 10,000 characters of it."""

    @abstractmethod
    async def notify(
        self, message: str, title: str | None = None, *, delivery: Sequence[str | Mapping[str, str]] | None = None
    ) -> None:
        """Tell somebody something, wherever they are in the app; it is kept with the transaction.

        `delivery` names the people by mail and the roles that get it, as `["ada@example.com", "finance"]` or
        `[{"to": "ada@example.com"}]`; without it, it goes to who has started the transaction.
        """

    @abstractmethod
    async def redirect(
        self,
        url: str | None = None,
        *,
        route: str | None = None,
        params: Mapping[str, Any] | None = None,
        replace: bool = False,
    ) -> None:
        """Send the open page of who has started the transaction elsewhere: to a URL, or to an action's or page's
        `route` with its `params`. The action goes on; with `replace`, Back leads past its page.

        Raises ValueError unless it is exactly one of both, and a web address.
        """

    @abstractmethod
    async def now(self) -> datetime:
        """The time (UTC), recorded: the same whenever the body runs again."""

    @abstractmethod
    def uuid(self) -> uuid.UUID:
        """A random UUID, the same whenever the body runs again."""

    @abstractmethod
    def random(self) -> random.Random:
        """A source of random numbers, the same whenever the body runs again."""

    @abstractmethod
    async def sleep(self, duration: float | timedelta) -> None:
        """Wait for that many seconds, or that long; the waiting survives restarts and takes no memory."""
