"""A button for a step that waits for its next try."""

from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.button import Button, run_button
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import may_retry, require
from restival.ui.session.services import Services


class RetryButton:
    """Has the step tried at once; hidden while none waits, and from those who may not."""

    def __init__(self, services: Services, view: Transaction) -> None:
        self._services = services
        self._view = view
        self._button = Button(t("Retry now"), lambda: run_button(self._button, self._retry))
        self.draw()

    def draw(self) -> None:
        """Show it where it is of use."""
        step = self._view.step
        waits = self._view.outcome is None and step is not None and step.awakeable is not None
        self._button.set_visibility(waits and may_retry(self._services, self._view))

    async def _retry(self) -> None:
        require(self._services, may_retry(self._services, self._view), what="retry", where=self._view.id)
        await self._services.client.retry_now(self._view, current_person())
