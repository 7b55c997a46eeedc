"""Sends the answers of a transaction's page."""

import asyncio
from collections.abc import Callable

from restival.engine.client.client import new_submission
from restival.engine.client.errors import AlreadyAnswered
from restival.engine.errors import EngineUnavailable
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json, PendingCall
from restival.io.core.whole_text import check_event
from restival.ui.elements.toast import show_toast
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import may_answer, require
from restival.ui.session.services import Services

RETRY_SECONDS = 0.5


class Sending:
    """Sends answers, however long Restate takes; `show_toast` gets why it takes long, "" when it is over."""

    def __init__(self, services: Services, view: Transaction, show_toast: Callable[[str], None]) -> None:
        self._services = services
        self._view = view
        self._tell = show_toast
        self._sent: set[int] = set()

    def has_sent(self, n: int) -> bool:
        """Whether this page has sent an answer to that IO call."""
        return n in self._sent

    async def send(self, pending: PendingCall, values: dict[str, Json], choice: str | None = None) -> None:
        """Send an answer until one is taken, this or another person's.

        Raises InvalidAnswer, AnswerTooLarge, NotAllowed.
        """
        self._check_right()
        person, submission = current_person(), new_submission()
        self._sent.add(pending.n)
        try:
            while True:
                try:
                    at = pending.after(self._view.turn)
                    await self._services.client.answer(self._view.id, at, values, person, submission, choice)
                    return
                except EngineUnavailable:
                    self._tell(t("Saving… Restate is restarting. Nothing is lost."))
                    await asyncio.sleep(RETRY_SECONDS)
        except InvalidAnswer:
            self._sent.discard(pending.n)
            raise
        except AlreadyAnswered as late:
            show_toast(str(late))
        finally:
            self._tell("")

    async def ask(self, pending: PendingCall, field: str, name: str, payload: Json) -> Json:
        """Have the action's code run for a field of the open form.

        Raises EventFailed, AlreadyAnswered, AnswerTooLarge, NotAllowed, EngineUnavailable.
        """
        self._check_right()
        check_event(payload)
        at = pending.after(self._view.turn)
        return await self._services.client.ask(self._view.id, at, field, name, payload, current_person())

    def _check_right(self) -> None:
        allowed, message = (
            may_answer(self._services, self._view),
            t("You don't have permission to answer this question."),
        )
        require(self._services, allowed, message=message, what="answer", where=self._view.id)
