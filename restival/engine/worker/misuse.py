"""Ways of awaiting io and ctx calls that a replay can't repeat, and what to write instead."""

from restival.errors import RestivalError


class MisusedAsyncio(RestivalError):
    """The action has awaited io or ctx calls in a way that can't be recorded; says what to write instead."""


AT_ONCE = (
    "An action waits for one thing at a time: await its io and ctx calls one after the other, not with asyncio.gather, "
    "a TaskGroup or tasks. Several fields in one form go into io.group."
)
CUT_SHORT = (
    "An io or ctx call can't be cut short by asyncio.timeout, asyncio.wait_for or a task's cancel(): a replay can't "
    "repeat that. Give the question .timeout(…), or the step timeout=…"
)
ELSEWHERE = (
    "io and ctx calls belong to the action's own event loop: await them in its body, not in another thread or loop. "
    "An async function can be given to ctx.step as it is."
)
WHILE_WAITING = (
    "A ctx call was made while the action waits for a step or an answer, which a replay can't repeat: make it in the "
    "action's body, before or after. A step reports by what it returns."
)
LEFT_WAITING = (
    "The action has ended while a task of it still waits for an io or ctx call: await each of them in the action's "
    "body before it returns."
)
