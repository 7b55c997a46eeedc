"""What an action is doing while nobody has to answer."""

from datetime import UTC, datetime

from nicegui import ui

from restival.engine.state.transaction import State, Transaction
from restival.i18n import t
from restival.ui.elements.icon import spinner
from restival.ui.elements.text import text
from restival.ui.screens.transaction.retry_button import RetryButton
from restival.ui.session.services import Services


class Progress:
    """A sign of life, the step that runs, and how far the action says it is."""

    def __init__(self, services: Services, view: Transaction) -> None:
        self._services = services
        self._view = view
        self._shown: tuple[str, str, float | None] | None = None
        self._box = ui.element("div").props('role="status"')

    def draw(self) -> None:
        """Bring it up to date."""
        running = self._view.state in (State.RUNNING, State.SLEEPING, State.CANCELLING)
        now = (self._headline(), self._details(), self._share()) if running else None
        if now == self._shown:
            return
        if now is None:
            self._box.clear()
        elif self._shown is None:
            with self._box:
                self._draw_parts()
        self._shown = now
        if now is not None:
            self._retry.draw()
            self._label.set_text(now[0])
            self._detail.set_text(now[1])
            self._bar.set_visibility(now[2] is not None)
            self._bar.props["value"] = now[2] or 0

    def _draw_parts(self) -> None:
        with ui.element("div").classes("r-progress"):
            with ui.element("div").classes("r-working"):
                spinner()
                self._label = text("span", "")
            self._detail = text("div", "", "r-hint")
            self._retry = RetryButton(self._services, self._view)
            self._bar = ui.element("progress").classes("r-bar").props("max=1")
            self._bar.props["aria-label"] = t("Progress")

    def _headline(self) -> str:
        loading, step = self._view.loading, self._view.step
        if self._view.state is State.CANCELLING:
            return t("Cancelling…")
        if loading is not None and loading.label:
            return loading.label
        if step:
            return t("Running {step}", step=step.name)
        return t("Sleeping") if self._view.state is State.SLEEPING else t("Running…")

    def _details(self) -> str:
        parts = []
        loading, step = self._view.loading, self._view.step
        if loading is not None and loading.items_in_queue:
            parts.append(t("{done} of {all}", done=loading.completed, all=loading.items_in_queue))
        if loading is not None and loading.description:
            parts.append(loading.description)
        if step is not None and step.failure:
            told = {"step": step.name, "number": step.tries, "all": step.max_tries, "failure": step.failure}
            parts.append(t("{step}: attempt {number} of {all} failed: {failure}.", **told))
            if step.next_at:
                parts[-1] += " " + t("Next attempt in {seconds} s.", seconds=_seconds_until(step.next_at))
        elif step is not None and step.tries > 1:
            parts.append(t("{step}: attempt {number} of {all}", step=step.name, number=step.tries, all=step.max_tries))
        return " · ".join(parts)

    def _share(self) -> float | None:
        loading = self._view.loading
        if loading is None or not loading.items_in_queue:
            return None
        return min(1.0, loading.completed / loading.items_in_queue)


def _seconds_until(moment: datetime) -> int:
    return max(0, round((moment - datetime.now(UTC)).total_seconds()))
