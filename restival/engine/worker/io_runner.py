"""Performs the IO calls of a transaction: asks and shows, and keeps the transcript."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from restival.access.person import Person
from restival.engine.state.records import item_key
from restival.engine.worker.changed_code import Asked, ChangedCode
from restival.engine.worker.journal import Journal
from restival.engine.worker.question import Parts, Question
from restival.io.core.call import FieldSpec, Json, PendingCall, TranscriptItem
from restival.io.core.component import IOCall
from restival.storage.transaction_files import Files

StoredCall = Callable[[], Awaitable[PendingCall | None]]
"""Reads the pending call as Restate has it."""


class IORunner:
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
        self.answered_by: Person | None = None
        """Who has given the last answer."""
        self._journal = journal
        self._asked = asked
        self._calls = 0
        self._parts = Parts(transaction, journal, files, secret, starter, stored_call, count(1))

    @property
    def starter(self) -> Person:
        """Who has started the transaction."""
        return self._parts.starter

    @starter.setter
    def starter(self, person: Person) -> None:
        self._parts = replace(self._parts, starter=person)

    async def perform(self, call: IOCall[Any]) -> Any:
        """Ask or show a call and give its value."""
        await self._journal.alone()
        self._calls += 1
        await self._prepare(call)
        specs = [component.spec(key) for key, component in call.fields()]
        await self._compare(specs)
        return await (self._ask(call, specs) if call.blocks else self._show(call, specs))

    async def _ask(self, call: IOCall[Any], specs: list[FieldSpec]) -> Any:
        question = Question(call, self._calls, self._parts)
        try:
            return await question.ask(specs)
        finally:
            self.answered_by = question.answered_by or self.answered_by

    async def _show(self, call: IOCall[Any], specs: list[FieldSpec]) -> Any:
        item = TranscriptItem(n=self._calls, kind="display", fields=specs, at=datetime.now(UTC))
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
        preparing = {key: component for key, component in call.fields() if component.needs_prefetch}
        if not preparing:
            return

        async def prepared() -> dict[str, Any]:
            return {key: await component.prefetch() for key, component in preparing.items()}

        for key, recorded in (await self._journal.run("what can be chosen", prepared)).items():
            await preparing[key].apply_prefetched(recorded)

    async def _get_later(self, call: IOCall[Any], item: TranscriptItem) -> None:
        """Get what takes its time, or is too large for the record, after the person has seen the beginning of it."""
        waiting = {key: component for key, component in call.fields() if component.has_deferred}
        if not waiting:
            return

        def now() -> TranscriptItem:
            return item.model_copy(update={"fields": [component.spec(key) for key, component in call.fields()]})

        def progress() -> None:
            self._journal.tell(item_key(item.n), now())

        async def got() -> dict[str, Json]:
            found = await asyncio.gather(*(component.load_deferred(progress) for component in waiting.values()))
            return dict(zip(waiting, found, strict=True))

        for key, recorded in (await self._journal.run("what comes later", got)).items():
            await waiting[key].apply_deferred(recorded)
        self._journal.set(item_key(item.n), now())
        await self._journal.flush()
