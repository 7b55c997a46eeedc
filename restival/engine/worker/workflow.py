"""An action as a Restate workflow service: one for each."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from pydantic import ValidationError
from restate import InvocationRetryPolicy, TerminalError, Workflow, WorkflowContext, WorkflowSharedContext
from restate.exceptions import SdkInternalBaseException
from restate.serde import BytesSerde
from restate.server_context import DisconnectedException, ServerInvocationContext

from restival.access.person import Person
from restival.actions.action import Action
from restival.actions.context import Cancelled
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.replaying import is_replaying
from restival.engine.restate.seals import Seals, cancel_of, start_of, state_of
from restival.engine.state.feed import Feed
from restival.engine.state.records import (
    CANCELLER,
    NAMES_APART,
    NOTES_CANCEL,
    SEALS_STARTS,
    Cancellation,
    Meta,
    Outcome,
    Publish,
    Start,
    notice_key,
)
from restival.engine.state.transaction import Transaction
from restival.engine.worker.attempt import AttemptOver, current_attempt
from restival.engine.worker.body import Body
from restival.engine.worker.changed_code import Asked
from restival.engine.worker.context import DurableContext
from restival.engine.worker.failure import Failures, Parked, done, failed
from restival.engine.worker.io_runner import IORunner
from restival.engine.worker.journal import Journal
from restival.engine.worker.misuse import LEFT_WAITING, MisusedAsyncio
from restival.engine.worker.running import Running, passed_cancel
from restival.engine.worker.schedule_notice import told_of
from restival.engine.worker.step_work import Threads
from restival.io.api import IO
from restival.io.core.call import Json, PendingCall, Turn
from restival.io.core.runner import current
from restival.io.core.waiting import Terms
from restival.io.queued import Queued
from restival.isolation.home import Home
from restival.isolation.loops import Guests
from restival.isolation.owner import transaction as transaction_id
from restival.storage.transaction_files import Files

RETRY = InvocationRetryPolicy(
    initial_interval=timedelta(milliseconds=50), exponentiation_factor=2.0, max_interval=timedelta(seconds=1)
)
"""An attempt fails only when the app or the connection goes away, or when code changed: come back quickly."""


RUN = "run"
"""The handler of a workflow that runs the action."""
LOOK_SECONDS = 0.05
NEVER = timedelta(days=3_650)
"""A step takes as long as it takes: the app itself suspends what waits (see Attempt)."""


@dataclass
class Runtime:
    """What transactions of this process share."""

    feed: Feed
    ingress: Ingress
    admin: Admin
    guests: Guests
    threads: Threads
    """Where sync steps run."""
    files: Files
    secret: bytes
    """Seals checked answers."""
    seals: Seals
    retention: timedelta
    inactivity: timedelta
    """How long a transaction that waits stays in memory before it is suspended."""
    attempt_left: Callable[[str, str], None]
    """Told a transaction and its invocation when an attempt has left this process before the end."""
    running: Running = field(default_factory=Running)
    failures: Failures = field(default_factory=Failures)
    bodies: dict[str, Body[Outcome]] = field(default_factory=dict)
    """The code that runs, by invocation."""
    cancels: set[str] = field(default_factory=set)
    """The invocations that somebody has cancelled and whose code hasn't seen that yet. An attempt that begins now has
    to know: while the code waits for something that isn't recorded, it doesn't hear of it through Restate."""
    actions: dict[str, Action] = field(default_factory=dict)
    """The actions that are served, by their address."""
    holders: set[str] = field(default_factory=set)
    """The transactions whose code holds up its loop."""
    home: Home | None = None
    """The app's own loop: what isn't the authors' is done there. Set when the engine starts."""

    def at_home(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call a function of the app in its own loop, soon."""
        assert self.home is not None
        self.home.call(function, *arguments)


def service_for(action: Action, runtime: Runtime) -> Workflow:
    """The workflow service of an action."""
    workflow = Workflow(action.service, inactivity_timeout=NEVER, abort_timeout=NEVER, invocation_retry_policy=RETRY)

    @workflow.main(
        name=RUN,
        input_serde=BytesSerde(),
        output_serde=BytesSerde(),
        journal_retention=runtime.retention,
        workflow_retention=runtime.retention,
        enable_lazy_state=True,
    )
    async def run(restate: WorkflowContext, start: bytes) -> bytes:
        return await perform(action, runtime, cast(ServerInvocationContext, restate), start)

    @workflow.handler(name="state", input_serde=BytesSerde(), output_serde=BytesSerde(), journal_retention=timedelta(0))
    async def state(restate: WorkflowSharedContext, request: bytes) -> bytes:
        runtime.seals.open(request, state_of(f"{action.service}.{restate.key()}"))
        return await whole_state(restate)

    @workflow.handler(name="cancel", input_serde=BytesSerde(), journal_retention=timedelta(0))
    async def cancel(restate: WorkflowSharedContext, request: bytes) -> None:
        opened = runtime.seals.open(request, cancel_of(f"{action.service}.{restate.key()}"))
        await cancel_by(restate, Cancellation.model_validate_json(opened), runtime)

    return workflow


async def cancel_by(restate: WorkflowSharedContext, request: Cancellation, runtime: Runtime) -> None:
    """Record who cancels and then cancel. As one invocation it is done to its end, whatever is killed in between.

    Once for each question: what the action does to undo its work isn't cancelled by who cancels at the same time."""
    await _first(restate, CANCELLER, request.by)
    if not request.record_only and await _first(restate, f"{CANCELLER}/{request.n}", request.by):
        if is_replaying(restate):  # it was sent before, and the code may have seen it since
            restate.cancel_invocation(request.invocation)
            return
        runtime.cancels.add(request.invocation)
        restate.cancel_invocation(request.invocation)
        if (body := runtime.bodies.get(request.invocation)) is not None:
            body.cancel_soon()


async def _first(restate: WorkflowSharedContext, name: str, by: Person) -> bool:
    """Resolve a promise of the workflow; false where somebody else was first."""
    try:
        await restate.promise(name, serde=BytesSerde()).resolve(by.model_dump_json().encode())
    except TerminalError:
        return False
    return True


async def whole_state(restate: WorkflowSharedContext) -> bytes:
    """The state as one JSON object, with who has cancelled it, if anybody has."""
    entries = []
    for key in await restate.state_keys():
        value = await restate.get(key, serde=BytesSerde())
        entries.append(b'"%s":%s' % (key.encode(), value or b"null"))
    if canceller := await restate.promise(CANCELLER, serde=BytesSerde()).peek():
        entries.append(b'"%s":%s' % (CANCELLER.encode(), canceller))
    return b"{" + b",".join(entries) + b"}"


async def perform(action: Action, runtime: Runtime, restate: ServerInvocationContext, start: bytes) -> bytes:
    """One attempt at a transaction: run the body, record its outcome."""
    invocation = restate.request().id
    transaction = f"{action.service}.{restate.key()}"
    transaction_id.set(transaction)
    current_attempt.get().transaction = transaction
    while transaction in runtime.holders:  # its former attempt has lost its connection, and its code doesn't know yet
        await asyncio.sleep(LOOK_SECONDS)
    try:
        outcome = await _attempted(action, runtime, restate, start)
    except (TerminalError, SdkInternalBaseException, DisconnectedException, Parked) as end:
        if not isinstance(end, TerminalError):
            runtime.at_home(runtime.attempt_left, transaction, invocation)
            runtime.running.leave(invocation)
        raise
    except Exception as error:
        runtime.at_home(runtime.attempt_left, transaction, invocation)
        runtime.running.leave(invocation)
        runtime.failures.bound(invocation, error, action.file)
        raise
    runtime.failures.forget(invocation)
    runtime.cancels.discard(invocation)
    if outcome.state == "done":
        return outcome.model_dump_json(include={"value"}).encode()
    raise TerminalError(outcome.error or outcome.state, 409 if outcome.state == "cancelled" else 500)


async def _attempted(action: Action, runtime: Runtime, restate: ServerInvocationContext, sent: bytes) -> Outcome:
    transaction = transaction_id.get()
    opened, ours = runtime.seals.holds(sent, start_of(transaction))
    if not (ours or is_replaying(restate) or await _sent_by_action(runtime, restate.request().id)):
        runtime.seals.refuse(start_of(transaction))
    start = Start.model_validate_json(opened)

    assert runtime.home is not None
    publish: Publish = partial(runtime.home.call, runtime.feed.publish, transaction)
    journal = Journal(restate, publish, runtime.running, start.past, start.version)
    seed = journal.seed if start.past is None or start.past.seed is None else start.past.seed
    meta = Meta.of(start, action, journal.invocation, seed)
    before = Transaction(id=transaction)
    if journal.replaying and start.version >= NOTES_CANCEL:
        state = await stored_state(runtime, action.service, restate.key())
        before.merge(state)
        if CANCELLER in state and before.cancelling is None:  # as before a kill of the app
            runtime.cancels.add(journal.invocation)
    journal.set("meta", meta)
    await journal.flush()  # whoever cancels it needs to know of it
    asks = IORunner(
        transaction,
        journal,
        runtime.files,
        runtime.secret,
        partial(stored_call, runtime, action.service, restate.key()),
        meta.user,
        Asked(before, action.body),
    )

    async def begun() -> DurableContext:
        if current_attempt.get().is_left:  # its loop was held up, and another attempt is under way
            raise AttemptOver
        begins = meta if start.queued_for is None else await taken_up(action, asks, journal, meta, start)
        return DurableContext(
            journal,
            random.Random(seed),
            runtime.threads,
            transaction,
            begins,
            partial(queue, runtime, journal, start.version >= SEALS_STARTS),
            names_apart=start.version >= NAMES_APART,
        )

    body: Body[Outcome] = Body(journal)
    runtime.bodies[journal.invocation] = body
    journal.on_cancelled = partial(runtime.cancels.discard, journal.invocation)
    try:
        if before.cancelling is not None:
            body.cancel_as_before(before.cancelling.interrupts)
        if journal.invocation in runtime.cancels:
            body.cancel_soon()
        outcome = await body.run(_outcome(action, asks, begun, body))
        if journal.waiting:
            await journal.reopen()
            outcome = failed(MisusedAsyncio(LEFT_WAITING), action.file) if outcome.state == "done" else outcome
    except MisusedAsyncio as error:
        await journal.reopen()
        outcome = failed(error, action.file)
    finally:
        if runtime.bodies.get(journal.invocation) is body:
            del runtime.bodies[journal.invocation]
    if outcome.state == "failed" and action.on_error == "pause":
        journal.record()
        raise Parked(outcome)
    journal.publish_when_taken()
    if outcome.state == "cancelled":
        outcome.by = await _canceller(journal)
    if told := told_of(meta, outcome, start.notify_on_success):
        journal.set(notice_key(told.n), told)
    journal.set("outcome", outcome)
    journal.record()
    return outcome


async def _sent_by_action(runtime: Runtime, invocation: str) -> bool:
    """Whether an action has sent this start: records that began before there were seals go on sending without."""
    assert runtime.home is not None
    sender = await runtime.home.run(lambda: runtime.admin.sender(invocation))
    return any(sender == action.service for action in runtime.actions.values())


async def stored_state(runtime: Runtime, service: str, key: str) -> dict[str, Json]:
    """The state of a transaction as Restate has it; empty if that can't be had now."""
    assert runtime.home is not None
    request = runtime.seals.asks_state(f"{service}.{key}")
    with suppress(EngineUnavailable, EngineRefused, ValueError):
        state: dict[str, Json] = json.loads(
            await runtime.home.run(lambda: runtime.ingress.call(service, key, "state", request))
        )
        return state
    return {}


async def stored_call(runtime: Runtime, service: str, key: str) -> PendingCall | None:
    """The pending call of a transaction as Restate has it; None if that can't be had now."""
    state = await stored_state(runtime, service, key)
    with suppress(ValueError):
        if "call" in state:
            turn = Turn.model_validate(state["turn"]) if "turn" in state else None
            return PendingCall.model_validate(state["call"]).after(turn)
    return None


async def taken_up(action: Action, asks: IORunner, journal: Journal, meta: Meta, start: Start) -> Meta:
    """Wait for somebody to start what was prepared: from then on it is theirs."""
    call = Queued(action.start_form(), action.params.model_validate(start.params))
    call.terms = Terms(assignee=start.queued_for, handed_by=start.user, note=start.note, about=action.title)
    await call
    assert asks.answered_by is not None
    asks.starter = asks.answered_by
    taken = meta.model_copy(update={"user": asks.starter, "queued_by": start.user})
    journal.set("meta", taken)
    return taken


def queue(runtime: Runtime, journal: Journal, seals: bool, slug: str, key: str, start: Start) -> str:
    """Prepare another action for somebody; `seals` says whether this record seals what it starts. Raises LookupError,
    ValueError."""
    action = runtime.actions.get(slug)
    if action is None:
        raise LookupError(f"unknown action {slug!r}; include the folder, such as shop/refund")
    try:
        params = action.params.model_validate(start.params)
    except ValidationError as error:
        raise ValueError(f"invalid params for {slug}: {error}") from None
    prepared = start.model_copy(update={"params": params.model_dump(mode="json")})
    transaction, body = f"{action.service}.{key}", prepared.model_dump_json().encode()
    journal.send(action.service, key, "run", runtime.seals.put(body, start_of(transaction)) if seals else body)
    return transaction


async def _outcome(
    action: Action, transaction: IORunner, begun: Callable[[], Awaitable[DurableContext]], body: Body[Outcome]
) -> Outcome:
    token = current.set(transaction)
    try:
        value = await body.guarded(action.body(**_arguments(action, await begun())))
        if not body.is_left:
            await passed_cancel()
        return done(value)
    except Cancelled:
        return Outcome(state="cancelled", at=datetime.now(UTC))
    except (SdkInternalBaseException, DisconnectedException, MisusedAsyncio):
        raise
    except (asyncio.CancelledError, GeneratorExit) as error:
        if body.is_left:
            raise
        return failed(error, action.file)
    except BaseException as error:  # SystemExit would end the app, and with it everybody's work
        return failed(error, action.file)
    finally:
        current.reset(token)


async def _canceller(journal: Journal) -> Person | None:
    while True:
        try:
            who = await journal.promised(CANCELLER)
        except Cancelled:  # somebody has cancelled it once more
            continue
        return Person.model_validate_json(who) if who else None


def _arguments(action: Action, context: DurableContext) -> dict[str, Any]:
    given = {"io": IO(), "ctx": context}
    params = action.params.model_validate(context.params)
    asked = {name: getattr(params, name) for name in action.params.model_fields}
    return asked | {name: given[what] for name, what in action.injected.items()}
