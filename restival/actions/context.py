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
        """Changes the arguments that are given."""

    @abstractmethod
    async def complete_one(self) -> None:
        """Counts one more item as done."""


class Context(ABC):
    """Durable tools of an action. Annotate a parameter to get it: `async def refund(io: IO, ctx: Context)`.

    The body of an action runs again from its start whenever its transaction comes back to memory. Recorded answers,
    steps, and times come from the record and aren't done again. Put every side effect in a step.
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
        """Does a piece of work once and records its result. A sync function runs in a thread.

        After an error, Restival retries the step up to `retries` times: first after `backoff` seconds, then each time
        after twice as long, at most a minute. `timeout` (seconds) limits one attempt. A thread can't be stopped: it
        runs to its end, and the next attempt waits for it. A step is recorded when it ends, so if the process dies
        during the step, the step runs again.

        Raises StepFailed after the last attempt, and at once if the result can't be recorded; TypeError and ValueError
        for invalid arguments.
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
        """Prepares another action for a person (a `Person` or an email) or a role, and returns the transaction's id at
        once. The action waits in their inbox. It runs with these params, as the user who starts it and who needs the
        `run` permission. Its `priority` is that of the action unless given.

        `action` is the address, such as `shop/refund`. Raises LookupError for an unknown action, ValueError for invalid
        params.
        """

    @abstractmethod
    async def log(self, *values: Any) -> None:
        """Writes a line to the transaction's log, which the page shows live. Stores at most 10,000 characters of it."""

    @abstractmethod
    async def notify(
        self, message: str, title: str | None = None, *, delivery: Sequence[str | Mapping[str, str]] | None = None
    ) -> None:
        """Sends a notification, which appears on any page of the app and is stored with the transaction.

        `delivery` lists the emails and roles that get it, as `["ada@example.com", "finance"]` or
        `[{"to": "ada@example.com"}]`. Without it, the user who started the transaction gets it.
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
        """Sends the open page of the user who started the transaction to a URL, or to the `route` of an action or page
        with its `params`. The action continues. With `replace`, the browser's Back skips its page.

        Raises ValueError unless exactly one of both is given, and for a URL that isn't a web address.
        """

    @abstractmethod
    async def now(self) -> datetime:
        """Returns the time (UTC). It is recorded, so it is the same when the body runs again."""

    @abstractmethod
    def uuid(self) -> uuid.UUID:
        """Returns a random UUID, the same when the body runs again."""

    @abstractmethod
    def random(self) -> random.Random:
        """Returns a source of random numbers, the same when the body runs again."""

    @abstractmethod
    async def sleep(self, duration: float | timedelta) -> None:
        """Waits for a number of seconds or a timedelta. The wait survives restarts and takes no memory."""
