"""What a transaction that goes on from where another has been takes over from it, and how it is played back."""

from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

from restival.engine.state.past import Command, Done, ReplayRecord
from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import PendingCall


class ReplayMismatch(RestivalError):
    """The code does something else than what is taken over."""

    def __init__(self, now: str, before: str) -> None:
        super().__init__(
            t(
                "The code has changed before this point: it now has {now} instead of {before}. Restart from an "
                "earlier point in the timeline or from the beginning.",
                now=now,
                before=before,
            )
        )


class Resolved:
    """What is known already, to be awaited as if it had to be waited for. `at` orders it; 0: it hadn't come then."""

    def __init__(self, value: Any, at: int) -> None:
        self.value, self.at = value, at

    def __await__(self) -> Generator[Any, Any, Any]:
        """The value, at once."""
        return self.value
        yield


class Replayer:
    """Plays a past back to one attempt."""

    def __init__(self, past: ReplayRecord) -> None:
        self._past = past
        self._left = deque(past.commands)
        self._awakeables = 0
        self._other: ReplayMismatch | None = None
        """Once the code has gone another way it can't come back, even where an action's `except` has seen it."""

    def take(self, done: Done, name: str = "") -> Command | None:
        """What came of the next command then; None where the past has ended. Raises ReplayMismatch."""
        if self._other is not None:
            raise self._other
        if not self._left:
            return None
        command = self._left.popleft()
        if (command.done, command.name) != (done, name):
            self._other = ReplayMismatch(_named(done, name), _named(command.done, command.name))
            raise self._other
        return command

    def awakeable(self, live: tuple[str, Any]) -> tuple[str, Any]:
        """The next awakeable of the other if it was resolved, else the one that is there now."""
        number, self._awakeables = self._awakeables, self._awakeables + 1
        answer = self._past.answers.get(number)
        if answer is None:
            return live
        return self._past.awakeable(number), Resolved(answer.body.encode(), answer.at)

    def asks(self, call: PendingCall) -> None:
        """Compare a question with the one that was asked. Raises ReplayMismatch."""
        before = self._past.asked.get(call.n)
        now = [field.component for field in call.fields]
        if before is not None and before != now:
            self._other = ReplayMismatch(_question(now), _question(before))
        if self._other is not None:
            raise self._other


def _named(done: Done, name: str) -> str:
    if done == "run":
        return t("step {name}", name=name)
    return t("a sleep") if done == "sleep" else t("an assigned action")


def _question(components: Sequence[str]) -> str:
    return t("a question with {components}", components=", ".join(components))
