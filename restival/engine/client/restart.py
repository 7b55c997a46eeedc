"""Going on from a point of another transaction: what was answered and done before it is taken over.

Restate restarts no workflows, so this is a new transaction that begins with the record of the other.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from restival.access.person import Person
from restival.actions.action import Action
from restival.engine.client.client import Client
from restival.engine.client.timeline import Span, Timeline
from restival.engine.restate.journal_reader import JournalEntry, JournalReader
from restival.engine.restate.seals import start_of
from restival.engine.state.past import FIRST_SIGNAL, Answer, Command, ReplayRecord, common_of
from restival.engine.state.records import Restarted, Start
from restival.engine.state.transaction import Transaction
from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.seal import seal, unseal
from restival.storage.transaction_files import Files

FROM = ("question", "step", "prepared")
"""Kinds of what can be done anew."""
OF_ONE_RUN = ("identity", "approve")
"""Kinds of questions whose answers are meant for one run only."""


class CannotRestart(RestivalError):
    """A transaction can't go on from there; says why."""


class Restarts:
    """Starts transactions from points of others. Raises EngineUnavailable, CannotRestart, AnswerTooLarge."""

    def __init__(self, client: Client, recorded: JournalReader, files: Files, secret: bytes) -> None:
        self._client = client
        self._recorded = recorded
        self._files = files
        self._secret = secret

    async def restart(self, action: Action, view: Transaction, entry: int, by: Person) -> str:
        """Do anew what came from an entry of the timeline on, and give the new transaction's id.

        One that was stopped by a change of code is cancelled.
        """
        meta = view.meta
        if meta is None or (view.outcome is None and view.trouble is None):
            raise CannotRestart(t("This transaction is still active. Cancel it first."))
        spans = await Timeline(self._recorded).read(view)
        values = await self._recorded.values(
            meta.invocation, "(entry_type LIKE 'Notification:%' OR entry_type = 'Command: Input')"
        )
        sent, _ = self._recorded.seals.holds(values[0], start_of(view.id))
        start = Start.model_validate_json(sent)
        asked = {span.n for span in spans if span.kind == "question" and span.entry < entry}
        _check(view, spans, entry, start, asked)
        entries = await self._recorded.entries(meta.invocation)
        past = ReplayRecord(
            transaction=view.id,
            before=entry,
            by=by,
            seed=meta.seed,
            awakeables=common_of(view.call.awakeable) if view.call else "",
            commands=_commands(entries, values, entry),
            answers=_answers(entries, values, entry) if view.call else {},
            notices=sum(each.index < entry and each.key.startswith("notice/") for each in entries),
            asked={n: [field.component for field in item.fields] for n, item in view.items.items() if n in asked},
        )
        if start.past is not None:
            past = self._after(start.past, past)
        transaction = self._client.new_id(action)
        past = await self._with_files(past, view.id, transaction)
        changed = {
            "past": past,
            "restarted": Restarted(transaction=view.id, by=by),
            "started_at": datetime.now(UTC),
            "environment": self._client.environment(),
        }
        await self._client.begin(transaction, start.model_copy(update=changed))
        if view.outcome is None:
            await self._client.cancel(view, by)
        return transaction

    def _after(self, first: ReplayRecord, then: ReplayRecord) -> ReplayRecord:
        """What one that has taken over a past itself passes on: its awakeables are numbered as if it had all asked."""
        answers = {
            number: answer.model_copy(update={"body": self._sealed_for(then, number, first, answer.body)})
            for number, answer in first.answers.items()
        }
        return then.model_copy(
            update={
                "commands": [*first.commands, *then.commands],
                "answers": {**answers, **then.answers},
                "asked": {**first.asked, **then.asked},
                "notices": first.notices + then.notices,
            }
        )

    def _sealed_for(self, past: ReplayRecord, number: int, before: ReplayRecord, sent: str) -> str:
        body, ours = unseal(sent.encode(), self._secret, before.awakeable(number))
        return (seal(body, self._secret, past.awakeable(number)) if ours else body).decode()

    async def _with_files(self, past: ReplayRecord, of: str, to: str) -> ReplayRecord:
        """The files that are spoken of become the new transaction's own: those of the other go when it goes."""
        told = past.model_dump_json()
        spoken_of = set(re.findall(re.escape(f"{of}/") + r"[0-9a-f-]+", told))
        taken = spoken_of & await self._files.of(of) if spoken_of else set()  # people can write what looks like one
        for file in taken:
            await self._files.copy(file, f"{to}/{file.rpartition('/')[2]}")
        if not taken:
            return past

        def renamed(text: str) -> str:
            for file in taken:
                text = text.replace(file, f"{to}/{file.rpartition('/')[2]}")
            return text

        answers = {}
        for number, answer in past.answers.items():
            awakeable = past.awakeable(number)
            body, ours = unseal(answer.body.encode(), self._secret, awakeable)
            renewed = renamed(body.decode()).encode()
            kept = seal(renewed, self._secret, awakeable) if ours else renewed
            answers[number] = answer.model_copy(update={"body": kept.decode()})
        commands = [each.model_copy(update={"result": renamed(each.result)}) for each in past.commands]
        return past.model_copy(update={"answers": answers, "commands": commands})


def _check(view: Transaction, spans: list[Span], entry: int, start: Start, asked: set[int | None]) -> None:
    found = next((span for span in spans if span.entry == entry and span.kind in FROM), None)
    if found is None:
        raise CannotRestart(t("You can't restart from this point. Choose another entry in the timeline."))
    if start.past is not None and found.n is not None and found.n <= max(start.past.asked, default=0):
        told = t(
            "This entry comes from another transaction. Choose it in the timeline of {transaction}.",
            transaction=start.past.transaction,
        )
        raise CannotRestart(told)
    if any(span.kind == "cancel" and span.entry < entry for span in spans):
        raise CannotRestart(t("You can't restart from a point after the cancel. Choose an earlier point."))
    of_one_run = any(item.kind in OF_ONE_RUN for n, item in view.items.items() if n in asked)
    if of_one_run and view.outcome is not None and view.outcome.state == "done":
        raise CannotRestart(t("An approval or confirmation counts for one run only. Choose a point before it."))


def _commands(entries: Sequence[JournalEntry], values: dict[int, bytes], before: int) -> list[Command]:
    """What was done before an entry, with what came of it."""
    came = {entry.completion: entry.index for entry in entries if entry.entry_type.startswith("Notification: ")}
    found = []
    for entry in entries:
        if entry.index >= before:
            break
        at = came.get(entry.completion, 0) if entry.completion else 0
        match entry.entry_type:
            case "Command: Run":
                found.append(Command(done="run", name=entry.name, result=values.get(at, b"").decode(), at=at))
            case "Command: Sleep":
                found.append(Command(done="sleep", at=at if at < before else 0))
            case "Command: OneWayCall":
                found.append(Command(done="send"))
    return found


def _answers(entries: Sequence[JournalEntry], values: dict[int, bytes], before: int) -> dict[int, Answer]:
    """What has resolved awakeables before an entry, by their number."""
    return {
        entry.signal - FIRST_SIGNAL: Answer(body=values[entry.index].decode(), at=entry.index)
        for entry in entries
        if entry.entry_type == "Notification: Signal" and entry.signal >= FIRST_SIGNAL and entry.index < before
    }
