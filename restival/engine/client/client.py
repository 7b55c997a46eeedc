"""What pages and the API do with transactions: start, look, answer, cancel, list."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import BaseModel

from restival.access.assignment import Assignee
from restival.access.person import Person
from restival.actions.action import Action
from restival.engine.client.errors import AlreadyAnswered, AnswerTooLarge, ChangedHands, EventFailed, UnknownTransaction
from restival.engine.client.stuck import missing, outcome_of, stuck_reason
from restival.engine.errors import EngineRefused
from restival.engine.restate.admin import Admin, quoted
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals, cancel_of, retry_of, start_of
from restival.engine.state.feed import Feed
from restival.engine.state.holds import Holds
from restival.engine.state.records import CANCELLER, KEY_ALPHABET, KEY_LENGTH, Cancellation, Start, StartOptions
from restival.engine.state.transaction import State, Transaction
from restival.io.approve import check_vote
from restival.io.confirm_identity import grace_of
from restival.io.core.call import ASSIGNMENT_FIELD, Event, Json, PendingCall, Submission, Turn
from restival.io.core.registry import check_answers
from restival.io.core.seal import seal
from restival.io.core.secret_answers import encrypt_secrets
from restival.isolation.listeners import wait_within
from restival.storage.transaction_files import Files, FileUse

ASKED_AT_ONCE = 500
"""Transactions that are asked for in one query."""
SHOWS_UP_AFTER = (0.0, 0.05, 0.1, 0.2, 0.4)
"""Seconds to wait for a transaction that was accepted and isn't in Restate's tables yet."""
FIRST_RECHECK, RECHECK = 0.05, 1.0
"""Seconds until the first look at the state while nothing is heard of what was sent, and the longest between two."""


ConfirmIdentity = Callable[[Person, Json, timedelta, str], Awaitable[bool]]
"""Makes a yes or no of a person's answer to a question that only they may answer with yes, by its name. Raises
InvalidAnswer."""


class Client:
    """Transactions, as pages and the API see them. Raises EngineUnavailable where Restate can't be reached."""

    def __init__(
        self,
        ingress: Ingress,
        admin: Admin,
        feed: Feed,
        files: Files,
        confirm_identity: ConfirmIdentity,
        secret: bytes,
        seals: Seals,
        answer_bytes: int,
        holds: Holds,
        is_served: Callable[[str], bool],
        environment: Callable[[], str],
    ) -> None:
        self.environment = environment
        """Returns the name of the environment in which transactions start now."""
        self._holds = holds
        self._is_served = is_served
        self.paused_by: dict[str, Person] = {}
        """Who has paused invocations, by their ids. At the next start all are resumed."""
        self._ingress = ingress
        self._admin = admin
        self._feed = feed
        self._files = files
        self._confirm_identity = confirm_identity
        self._secret = secret
        self._seals = seals
        self._answer_bytes = answer_bytes

    def new_id(self, action: Action) -> str:
        """An id for a transaction that isn't started yet; starting twice with one id starts once."""
        key = "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))
        return f"{action.service}.{key}"

    async def start(
        self,
        action: Action,
        params: BaseModel,
        by: Person,
        transaction: str | None = None,
        queued_for: Assignee | None = None,
        options: StartOptions | None = None,
    ) -> str:
        """Start a transaction and give its id; with `queued_for` it waits for them to go on. Raises AnswerTooLarge."""
        transaction = transaction or self.new_id(action)
        start = Start.new(params.model_dump(mode="json"), by, self.environment(), options, queued_for=queued_for)
        self._bounded(start.model_dump_json().encode())
        await self.begin(transaction, start)
        return transaction

    async def begin(self, transaction: str, start: Start) -> None:
        """Start a transaction of this id."""
        service, key = split_id(transaction)
        body = self._seals.put(start.model_dump_json().encode(), start_of(transaction))
        await self._ingress.send(service, key, "run", body)

    async def view(self, transaction: str) -> Transaction:
        """The transaction as it is now. Raises UnknownTransaction."""
        view = Transaction(id=transaction)
        await self.load(view)
        return view

    async def load(self, view: Transaction) -> None:
        """Read a transaction for the first time. Raises UnknownTransaction."""
        await self.refresh(view)
        if view.meta is None:
            await self._before_first_state(view)
        elif view.outcome is None:
            await self.examine(view)

    async def refresh(self, view: Transaction) -> None:
        """Read the state and merge it into a view."""
        service, key = split_id(view.id)
        if self._is_served(service):
            view.merge(json.loads(await self._ingress.call(service, key, "state", self._seals.asks_state(view.id))))
        else:  # nobody is left to be called
            view.merge(await self._stored_state(service, key))

    async def _stored_state(self, service: str, key: str) -> dict[str, Json]:
        rows = await self._admin.query(
            f"SELECT key, value_utf8 FROM state WHERE service_name = {quoted(service)} AND service_key = {quoted(key)}"
        )
        return {row["key"]: json.loads(row["value_utf8"]) for row in rows}

    async def examine(self, view: Transaction) -> None:
        """Ask Restate whether a transaction that hasn't ended is in trouble, or has ended without the action."""
        if view.meta is None or view.outcome is not None:
            return
        status = await self._admin.invocation(view.meta.invocation)
        view.trouble, ended = None, outcome_of(status)
        if ended is None:
            view.merge(self._holds.told(view.id))
            held_up = self._holds.reason(view.id) if view.outcome is None else None
            known = stuck_reason(status, self.paused_by.get(view.meta.invocation)) or held_up
            view.trouble = known if self._is_served(split_id(view.id)[0]) else missing()
            return
        await self.refresh(view)  # it may have ended since the state was read, and the action's own word counts
        if view.outcome is None:
            if ended.state == "cancelled":
                ended.by = await self._canceller(view.id)
            view.outcome = ended

    async def _before_first_state(self, view: Transaction) -> None:
        view.trouble = stuck_reason(await self._admin.invocation(await self._invocation_of(view.id)))

    async def _invocation_of(self, transaction: str) -> str:
        """The invocation of a transaction that has no state yet. Raises UnknownTransaction."""
        service, key = split_id(transaction)
        sql = (
            "SELECT id FROM sys_invocation WHERE target_service_name = "
            f"{quoted(service)} AND target_service_key = {quoted(key)} AND target_handler_name = 'run'"
        )
        for pause in SHOWS_UP_AFTER:
            await asyncio.sleep(pause)
            if found := await self._admin.query(sql):
                return str(found[0]["id"])
        raise UnknownTransaction(transaction)

    def follow(self, view: Transaction, changed: Callable[[], None]) -> Callable[[], None]:
        """Keep a transaction up to date, and call `changed` after each change; the returned function ends that."""

        def heard(key: str, value: BaseModel | None) -> None:
            view.hear(key, value)
            changed()

        return self._feed.follow(view.id, heard)

    async def answer(
        self,
        transaction: str,
        pending: PendingCall,
        values: Mapping[str, Json],
        by: Person,
        submission: str | None = None,
        choice: str | None = None,
    ) -> None:
        """Answer a pending call and wait until the action has taken the answer, or asks again (a vote, until it is
        counted). If the action is stuck, the answer is stored until it is mended.

        `choice` is the value of the button that sends it, the first where none is given. `submission` is an id for this
        answer; sending one with the same id again changes nothing. Raises InvalidAnswer with messages by path,
        AnswerTooLarge, AlreadyAnswered when somebody was first, ChangedHands when it waits for others by now.
        """
        checked = check_answers(pending.fields, values)
        checked = await self._files.confirmed(transaction, pending.fields, checked)
        if pending.kind == "approve":
            check_vote(choice, checked[pending.fields[0].key], pending.fields[0].key)
        if pending.kind == "identity":
            field = pending.fields[0]
            question = question_name(transaction, pending)
            checked = {field.key: await self._confirm_identity(by, checked[field.key], grace_of(field), question)}
        answer = Submission(
            id=submission or new_submission(),
            values=encrypt_secrets(pending.fields, checked, self._secret),
            choice=pending.chosen(choice),
            by=by,
            at=datetime.now(UTC),
        )
        watched = await self._deliver(
            transaction, pending, answer.model_dump_json(exclude_defaults=True).encode(), _settled_by(answer.id)
        )
        if watched.trouble is not None:
            return
        if pending.n not in watched.items and watched.pending is None:
            await self.refresh(watched)  # it was answered before this was sent: read by whom
        taken = watched.items.get(pending.n)
        if taken is None and watched.turn is not None and watched.turn.event == answer.id:
            if watched.turn.error is not None:
                raise ChangedHands(watched.turn.hands)
            return
        asked_again = taken is None and watched.pending is not None
        if not asked_again and (taken is None or taken.submission != answer.id):
            raise AlreadyAnswered(taken)

    async def ask(
        self, transaction: str, pending: PendingCall, field: str, name: str, payload: Json, by: Person
    ) -> Json:
        """Have the action's code run for a field of the open form, and give what comes of it.

        Raises EventFailed with what the code has raised, AlreadyAnswered when the form was sent meanwhile.
        """
        turn = await self._turn_of(transaction, pending, field, name, payload, by)
        if turn.error is not None:
            raise EventFailed(turn.error)
        return turn.result

    async def _turn_of(
        self, transaction: str, pending: PendingCall, field: str, name: str, payload: Json, by: Person
    ) -> Turn:
        """What became of an event."""
        event = Event(id=new_submission(), field=field, name=name, payload=payload, by=by)
        watched = await self._deliver(transaction, pending, event.model_dump_json().encode(), _settled_by(event.id))
        if watched.trouble is not None:
            raise EventFailed(watched.trouble.message)
        if watched.turn is None or watched.turn.event != event.id:
            raise AlreadyAnswered(watched.items.get(pending.n))
        return watched.turn

    async def change_hands(
        self,
        transaction: str,
        pending: PendingCall,
        wish: Literal["hand", "claim", "give back"],
        by: Person,
        to: Assignee | None = None,
        note: str = "",
    ) -> None:
        """Put a pending call into other hands.

        Raises ChangedHands with who was first, AlreadyAnswered when it was answered meanwhile.
        """
        payload = {"version": pending.hands.version, "to": to and to.model_dump(), "note": note}
        turn = await self._turn_of(transaction, pending, ASSIGNMENT_FIELD, wish, payload, by)
        if turn.error is not None:
            raise ChangedHands(turn.hands)

    async def _deliver(
        self, transaction: str, pending: PendingCall, body: bytes, over: Callable[[Transaction, PendingCall], bool]
    ) -> Transaction:
        """Resolve what a call waits for until this, or something that ends the call, is what it got."""
        self._bounded(body)
        pause = FIRST_RECHECK
        changed = asyncio.Event()
        watched = Transaction(id=transaction, call=pending)
        leave = self.follow(watched, changed.set)
        try:
            while not over(watched, pending):
                pending = pending.after(watched.turn)
                await self._ingress.resolve(pending.awakeable, seal(body, self._secret, pending.awakeable))
                while not over(watched, pending) and pending.after(watched.turn) is pending:
                    if not await wait_within(changed, pause):
                        if pause == RECHECK and await self._is_stuck(watched):
                            return watched
                        pause = min(RECHECK, pause * 2)
                        await self.refresh(watched)
                    changed.clear()
        finally:
            leave()
        return watched

    async def _is_stuck(self, watched: Transaction) -> bool:
        """Whether its action can't take what was sent until somebody mends it; Restate keeps that for then."""
        await self.examine(watched)
        return watched.trouble is not None and watched.state in (State.STUCK, State.PAUSED)

    async def cancel(self, view: Transaction, by: Person) -> None:
        """Cancel a transaction: the action sees Cancelled at its await. One that can't run any more is ended."""
        if view.outcome is not None:
            return
        invocation = view.meta.invocation if view.meta else await self._invocation_of(view.id)
        paused = view.trouble is not None and view.trouble.kind == "paused"
        if paused:  # else its code wouldn't hear of it
            await self._admin.resume(invocation)
        stuck = view.trouble is not None and view.trouble.kind not in ("paused", "held_up")
        n = view.call.n if view.call else 0
        request = Cancellation(by=by, invocation=invocation, n=n, record_only=stuck)
        try:
            await self._record(view.id, request)
        except EngineRefused:
            if not stuck:
                raise
        if stuck:  # even where nobody is left to record who did it
            await self._admin.kill(invocation)

    async def record_end(self, transaction: str, invocation: str, by: Person) -> None:
        """Record who ends a transaction past its action. Raises EngineRefused where nobody is left to record it."""
        await self._record(transaction, Cancellation(by=by, invocation=invocation, record_only=True))

    async def _record(self, transaction: str, request: Cancellation) -> None:
        service, key = split_id(transaction)
        body = self._seals.put(request.model_dump_json().encode(), cancel_of(transaction))
        await self._ingress.call(service, key, "cancel", body)

    async def retry_now(self, view: Transaction, by: Person) -> None:
        """Have a step that waits for its next try be tried at once. Does nothing where none waits."""
        if view.outcome is None and view.step is not None and view.step.awakeable is not None:
            body = self._seals.put(by.model_dump_json().encode(), retry_of(view.id))
            await self._ingress.resolve(view.step.awakeable, body)

    async def _canceller(self, transaction: str) -> Person | None:
        """Who has ended a transaction whose action couldn't say so itself."""
        service, key = split_id(transaction)
        rows = await self._admin.query(
            "SELECT completion_success_value_utf8 AS who FROM sys_promise WHERE key = "
            f"{quoted(CANCELLER)} AND service_name = {quoted(service)} AND service_key = {quoted(key)}"
        )
        return Person.model_validate_json(rows[0]["who"]) if rows and rows[0].get("who") else None

    async def kept(self, transactions: list[str]) -> set[str]:
        """Those of these transactions that Restate still knows."""
        known: set[str] = set()
        for first in range(0, len(transactions), ASKED_AT_ONCE):
            keys = ", ".join(quoted(split_id(each)[1]) for each in transactions[first : first + ASKED_AT_ONCE])
            rows = await self._admin.query(
                "SELECT target_service_name, target_service_key FROM sys_invocation "
                f"WHERE target_service_key IN ({keys}) AND target_handler_name = 'run'"
            )
            known |= {f"{row['target_service_name']}.{row['target_service_key']}" for row in rows}
        return known & set(transactions)

    async def use_of_files(self, transaction: str) -> FileUse:
        """What a transaction still has to do with its files."""
        view = await self.view(transaction)
        told = [item.model_dump_json() for item in view.items.values()]
        told += [view.outcome.model_dump_json()] if view.outcome else []
        asking = view.pending.n if view.pending else None
        return FileUse(told="\n".join(told), asking=asking, ended=view.outcome is not None)

    def _bounded(self, body: bytes) -> bytes:
        if len(body) > self._answer_bytes:
            raise AnswerTooLarge(len(body), self._answer_bytes)
        return body


def new_submission() -> str:
    """An id for an answer."""
    return secrets.token_hex(16)


def question_name(transaction: str, pending: PendingCall) -> str:
    """What a question is called where somebody confirms their identity for it alone."""
    return f"{transaction}/{pending.n}"


def split_id(transaction: str) -> tuple[str, str]:
    """The service and the key of a transaction id. Raises UnknownTransaction where it can't be one."""
    service, _, key = transaction.rpartition(".")
    if not service or len(key) != KEY_LENGTH or set(key) - set(KEY_ALPHABET):
        raise UnknownTransaction(transaction)
    return service, key


def _settled(view: Transaction, pending: PendingCall) -> bool:
    newer = view.call is not None and view.call.version > pending.version
    return pending.n in view.items or newer or view.outcome is not None


def _settled_by(event: str) -> Callable[[Transaction, PendingCall], bool]:
    """Whether a call is settled, or it was told what became of this event or answer."""

    def over(view: Transaction, pending: PendingCall) -> bool:
        return _settled(view, pending) or (view.turn is not None and view.turn.event == event)

    return over
