"""Performs the IO calls of a transaction: asks, waits for the answer, checks it and keeps the transcript."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from typing import Annotated, Any, Literal, cast

from pydantic import Field, TypeAdapter, ValidationError

from restival.access.person import Person
from restival.actions.context import TimedOut
from restival.engine.restate.recorded_result import Raised
from restival.engine.state.records import item_key
from restival.engine.worker.assignment import Custody, counts_who, hands_of, is_of_hands
from restival.engine.worker.changed_code import Asked, ChangedCode
from restival.engine.worker.journal import Journal
from restival.engine.worker.timers import Timers, due
from restival.i18n import t
from restival.io.core.call import (
    Errors,
    Event,
    FieldSpec,
    InvalidAnswer,
    Json,
    Kind,
    PendingCall,
    Submission,
    TranscriptItem,
    Turn,
)
from restival.io.core.component import Component, IOCall
from restival.io.core.registry import check_answers
from restival.io.core.seal import opened
from restival.io.core.secret_answers import concealed, revealed
from restival.io.core.waiting import RAISES
from restival.io.depends import Depends
from restival.storage.transaction_files import Files

StoredCall = Callable[[], Awaitable[PendingCall | None]]
"""Reads the pending call as Restate has it."""
SENT: TypeAdapter[Submission | Event] = TypeAdapter(
    Annotated[Submission | Event, Field(union_mode="left_to_right")]  # most are answers
)


OTHER_HANDS = "It is in other hands."
"""What a turn tells of something that came from somebody in whose hands the call isn't."""


class Late(Exception):
    """Nobody has answered in time."""


class Transaction:
    """The runner behind `io` for one attempt. `starter` may not approve what is theirs."""

    def __init__(
        self,
        transaction: str,
        journal: Journal,
        files: Files,
        secret: bytes,
        stored_call: StoredCall,
        starter: Person,
        asked: Asked,
    ) -> None:
        self.starter = starter
        self.answered_by: Person | None = None
        """Who has given the last answer."""
        self._id = transaction
        self._files = files
        self._journal = journal
        self._secret = secret
        self._stored_call = stored_call
        self._asked = asked
        self._calls = 0
        self._changes = count(1)

    async def perform(self, call: IOCall[Any]) -> Any:
        """Ask or show a call and give its value."""
        await self._journal.alone()
        self._calls += 1
        await self._prepare(call)
        specs = [component.spec(key) for key, component in call.fields()]
        await self._compare(specs)
        if call.blocks:
            return await self._ask(call, specs)
        item = self._item("display", specs)
        self._journal.set(item_key(self._calls), item)
        await self._journal.flush()
        await self._get_later(call, item)
        return call.collect({key: None for key, _ in call.fields()})

    async def _compare(self, specs: list[FieldSpec]) -> None:
        """End the attempt if the code has asked something else at this point before."""
        try:
            self._asked.check(self._calls, specs)
        except ChangedCode as changed:
            self._journal.end(changed)
            await self._journal.ready()

    async def _prepare(self, call: IOCall[Any]) -> None:
        """Record what is shown to choose from, or bring back what was shown when it was asked."""
        preparing = {key: component for key, component in call.fields() if component.prepares}
        if not preparing:
            return

        async def prepared() -> dict[str, Any]:
            return {key: await component.prepare() for key, component in preparing.items()}

        for key, recorded in (await self._journal.run("what can be chosen", prepared)).items():
            await preparing[key].take_prepared(recorded)

    async def _get_later(self, call: IOCall[Any], item: TranscriptItem) -> None:
        """Get what takes its time, or is too large for the record, after the person has seen the beginning of it."""
        waiting = {key: component for key, component in call.fields() if component.has_later}
        if not waiting:
            return

        def now() -> TranscriptItem:
            return item.model_copy(update={"fields": [component.spec(key) for key, component in call.fields()]})

        def progress() -> None:
            self._journal.tell(item_key(item.n), now())

        async def got() -> dict[str, Json]:
            found = await asyncio.gather(*(component.later(progress) for component in waiting.values()))
            return dict(zip(waiting, found, strict=True))

        for key, recorded in (await self._journal.run("what comes later", got)).items():
            await waiting[key].take_later(recorded)
        self._journal.set(item_key(item.n), now())
        await self._journal.flush()

    async def _ask(self, call: IOCall[Any], specs: list[FieldSpec]) -> Any:
        kind = call.kind
        asked, errors, attempt = specs, Errors(), 0
        custody, timers = await self._waiting(call)
        self._journal.asks_after_cancel()
        while True:
            awakeable, answered = self._journal.awakeable()
            pending = PendingCall(
                n=self._calls,
                attempt=attempt,
                kind=kind,
                hands=custody.hands,
                fields=asked,
                choices=call.choices,
                awakeable=awakeable,
                errors=errors,
            )
            from_before = self._journal.replaying
            self._journal.set("call", pending)
            submission: Submission | None = None
            try:
                submission, sealed = await self._submitted(call, pending, answered, custody, timers)
                answers = submission.values if sealed else await self._checked(pending, submission)
                given = revealed(pending.fields, answers, self._secret)
                choice = submission.choice or pending.choices[0].value
                value = call.finish(await self._values(call, given, choice), choice)
            except Late:
                return await self._late(call, custody)
            except InvalidAnswer as refused:
                errors, attempt = refused.errors, attempt + 1
                custody.again()
                if submission is not None:
                    given = _kept(call, submission.values)
                    specs = [component.spec(key) for key, component in call.fields()]
                    asked = [spec.model_copy(update={"value": given.get(spec.key)}) for spec in specs]
                continue
            specs = [component.spec(key) for key, component in call.fields()]
            if from_before and not self._journal.replaying:
                specs = await self._as_asked(call, pending, specs)
            item = self._item(kind, specs, _kept(call, answers), submission)
            self.answered_by = submission.by
            custody.answered(submission)
            if len(call.choices) > 1:
                item.choice = next(
                    (each.label for each in pending.choices if each.value == submission.choice), submission.choice
                )
            self._journal.set(item_key(self._calls), item)
            return value

    async def _waiting(self, call: IOCall[Any]) -> tuple[Custody, Timers]:
        """For whom the call waits, and until when."""
        terms = call.terms
        asked_at = datetime.now(UTC) if terms.timeout is None else await self._journal.clock("asked")
        hands = hands_of(call, self.starter, due(asked_at, terms.timeout))
        label = next((component.label for _, component in call.fields() if component.label), call.terms.about)
        custody = Custody(self._journal, self._changes, self._calls, hands, label, self.starter)
        custody.begin(asked_at)
        return custody, Timers(self._journal, terms)

    async def _late(self, call: IOCall[Any], custody: Custody) -> Any:
        """Go on without an answer. Raises TimedOut where the action hasn't said with what."""
        custody.late(at := await self._journal.clock("timed out"))
        specs = [component.spec(key) for key, component in call.fields()]
        item = self._item(call.kind, specs)
        self._journal.set(item_key(self._calls), item.model_copy(update={"at": at, "timed_out": True}))
        if call.terms.on_timeout is not RAISES:
            return call.terms.on_timeout
        assert call.terms.timeout is not None
        raise TimedOut(next((spec.label for spec in specs if spec.label), ""), call.terms.timeout)

    async def _as_asked(self, call: IOCall[Any], pending: PendingCall, specs: list[FieldSpec]) -> list[FieldSpec]:
        """The fields in the words in which they were asked: the body may have others when it runs again.

        They are read past the journal, which doesn't compare what an item of the transcript says.
        """
        stored = await self._stored_call()
        if stored is None or stored.version != pending.version:
            return specs
        asked, components = {field.key: field for field in stored.fields}, dict(call.fields())
        return [_in_words_of(asked.get(spec.key), spec, components[spec.key]) for spec in specs]

    async def _submitted(
        self,
        call: IOCall[Any],
        pending: PendingCall,
        answered: Awaitable[bytes],
        custody: Custody,
        timers: Timers,
    ) -> tuple[Submission, bool]:
        """The answer that comes in the end, and whether the app has checked it. Events, reminders and votes that don't
        decide yet come before it. Raises Late."""
        while True:
            result, error, event = None, None, ""
            rang = await timers.first(answered)
            if rang == "late":
                raise Late
            if rang == "remind":
                custody.remind(await self._journal.clock("reminded"))
            else:
                sent, sealed = self._opened(await self._journal.wait_long(answered), pending)
                event = sent.id
                if isinstance(sent, Submission):
                    if custody.refuses(sent, sealed=sealed, whole=counts_who(pending)):
                        error = OTHER_HANDS
                    elif pending.kind != "approve":
                        return sent, sealed
                    elif (decision := custody.vote(sent)) is not None:
                        given = {key: decision.model_dump(mode="json") for key in sent.values}
                        return sent.model_copy(update={"values": given}), sealed
                elif is_of_hands(sent):
                    error = None if custody.change(sent, sealed=sealed) else OTHER_HANDS
                else:
                    result, error = await self._handled(call, sent)
            awakeable = pending.awakeable
            if rang == "answer":
                awakeable, answered = self._journal.awakeable()
            turn = Turn(
                n=pending.n,
                attempt=pending.attempt,
                turn=pending.turn + 1,
                awakeable=awakeable,
                event=event,
                hands=custody.hands,
                fields=[component.spec(key) for key, component in call.fields() if isinstance(component, Depends)],
                result=result,
                error=error,
            )
            self._journal.set("turn", turn)
            pending = pending.after(turn)

    async def _handled(self, call: IOCall[Any], event: Event) -> tuple[Json, str | None]:
        """What came of an event, or why nothing came of it: both are recorded."""
        component = dict(call.fields()).get(event.field)
        if component is None:
            return None, t("There is no such field.")
        try:
            recorded = await self._journal.run(
                f"{event.name} {event.field}", lambda: component.on_event(event.name, event.payload)
            )
        except Raised as error:
            return None, error.message or error.error_type
        return await component.take_event(event.name, recorded), None

    def _opened(self, sent: bytes, pending: PendingCall) -> tuple[Submission | Event, bool]:
        body, sealed = opened(sent, self._secret, pending.awakeable)
        try:
            return SENT.validate_json(body), sealed
        except ValidationError:
            raise InvalidAnswer(t("Something else than an answer was sent.")) from None

    async def _checked(self, pending: PendingCall, submission: Submission) -> dict[str, Json]:
        """The answers in their normal form.

        A sealed answer doesn't come here: it was checked against what was shown, and the body's own props may differ by
        now (a replay sees other rows). Any other answer is judged here, and the verdict is recorded.
        """

        async def judge() -> dict[str, Any]:
            try:
                pending.chosen(submission.choice)
                checked = check_answers(pending.fields, submission.values)
                checked = await self._files.confirmed(self._id, pending.fields, checked)
                return {"answers": concealed(pending.fields, checked, self._secret)}
            except InvalidAnswer as refused:
                return {"errors": refused.errors}

        verdict = await self._journal.run("check answer", judge)
        if "errors" in verdict:
            raise InvalidAnswer(verdict["errors"])
        return cast(dict[str, Json], verdict["answers"])

    async def _values(self, call: IOCall[Any], answers: dict[str, Json], choice: str) -> dict[str, Any]:
        """The Python values. What the action's own functions say of them is recorded, the values themselves are not."""

        async def judge() -> Errors:
            values, errors = _evaluated(call, answers)
            return errors or await call.problems(values, choice)

        if call.has_validators and (refused := await self._journal.run("validate", judge)):
            raise InvalidAnswer(refused)
        values, errors = _evaluated(call, answers)
        if errors:
            raise InvalidAnswer(errors)
        return values

    def _item(
        self,
        kind: Kind | Literal["display"],
        specs: list[FieldSpec],
        answers: dict[str, Json] | None = None,
        submission: Submission | None = None,
    ) -> TranscriptItem:
        return TranscriptItem(
            n=self._calls,
            kind=kind,
            fields=specs,
            answer=answers,
            submission=submission.id if submission else None,
            by=submission.by if submission else None,
            at=submission.at if submission else datetime.now(UTC),
        )


def _in_words_of(asked: FieldSpec | None, spec: FieldSpec, component: Component[Any]) -> FieldSpec:
    if asked is None or asked.component != spec.component:
        return spec
    words = {"label": asked.label, "help_text": asked.help_text}
    return spec.model_copy(
        update=words if component.prepares or component.has_later else {**words, "props": asked.props}
    )


def _kept(call: IOCall[Any], answers: dict[str, Json]) -> dict[str, Json]:
    return {key: component.kept(answers[key]) for key, component in call.fields() if key in answers}


def _evaluated(call: IOCall[Any], answers: dict[str, Json]) -> tuple[dict[str, Any], Errors]:
    values: dict[str, Any] = {}
    errors: Errors = {}
    for key, component in call.fields():
        try:
            if not component.meant_for(answers):
                raise InvalidAnswer(t("Please look at this again: another field has changed."))
            values[key] = component.value_of(answers.get(key))
        except InvalidAnswer as refused:
            errors |= refused.below(key)
    return values, errors
