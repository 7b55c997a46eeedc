"""Ways of awaiting io and ctx calls that a replay can't repeat, and what to write instead."""

from restival.errors import RestivalError


class MisusedAsyncio(RestivalError):
    """The action has awaited io or ctx calls in a way that can't be recorded; says what to write instead."""


AT_ONCE = (
    "An action waits for one thing at a time: await its io and ctx calls one by one, not with asyncio.gather, "
    "a TaskGroup, or tasks. To ask for several fields in one form, use io.group."
)
CUT_SHORT = (
    "Don't interrupt an io or ctx call with asyncio.timeout, asyncio.wait_for, or a task's cancel(): a replay can't "
    "repeat that. Use .timeout(…) on the question, or timeout=… on the step"
)
ELSEWHERE = (
    "Await io and ctx calls in the action's body, not in another thread or event loop. "
    "ctx.step accepts async functions directly."
)
WHILE_WAITING = (
    "A ctx call ran while the action waits for a step or an answer, which a replay can't repeat: call it in the "
    "action's body, before or after. To report from a step, return a value."
)
LEFT_WAITING = (
    "The action has ended while one of its tasks still waits for an io or ctx call: await each call in the action's "
    "body before it returns."
)
