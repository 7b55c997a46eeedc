"""A list of what the engine works on, with what can be done about each. Rows that stay keep their place and focus."""

from nicegui import ui

from restival.engine.client.operations import Act
from restival.engine.client.overview import Invocation
from restival.engine.client.stuck import is_mismatch, stuck_reason
from restival.i18n import t, tn
from restival.ui.elements.button import Button, ButtonStyle, run_button
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import ago
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import require
from restival.ui.session.services import Services

ACTS: dict[str, tuple[Act, ...]] = {
    "backing-off": ("retry", "pause", "cancel", "kill"),
    "paused": ("resume", "cancel", "kill"),
    "running": ("pause", "cancel", "kill"),
}
OTHERWISE: tuple[Act, ...] = ("cancel", "kill")


class InvocationList:
    """Invocations by id; `nothing` is said where there are none."""

    def __init__(self, services: Services, name: str, nothing: str) -> None:
        self._services = services
        self._rows: dict[str, InvocationRow] = {}
        self._list = ui.element("ul").classes("r-list")
        self._list.props["aria-label"] = name
        self._nothing = text("p", nothing, "r-hint")
        self.draw([])

    def draw(self, invocations: list[Invocation]) -> None:
        """Show these."""
        shown = {each.id: each for each in invocations}
        for gone in self._rows.keys() - shown.keys():
            self._rows.pop(gone).element.delete()
        for each in shown.values():
            if each.id not in self._rows:
                with self._list:
                    self._rows[each.id] = InvocationRow(self._services)
            self._rows[each.id].draw(each)
        self._list.set_visibility(bool(shown))
        self._nothing.set_visibility(not shown)


class InvocationRow:
    """One of them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._invocation: Invocation | None = None
        self._buttons: dict[Act, Button] = {}
        with ui.element("li") as self.element, ui.element("div").classes("r-row r-invocation"):
            with ui.element("div").classes("r-row-title"):
                self._title = link("", "")
                self._own = text("span", "")
                self._about = text("div", "", "r-hint")
                self._trouble = text("div", "", "r-failure")
                self._failure = text("code", "", "r-hint")
            self._state = text("span", "", "r-state")
            with ui.element("div").classes("r-buttons"):
                for act, (words, look) in _acts().items():
                    self._buttons[act] = Button(words, lambda act=act: self._asked(act), look=look)

    def draw(self, invocation: Invocation) -> None:
        """Bring it up to date."""
        if invocation == self._invocation:
            return
        self._invocation = invocation
        transaction = invocation.transaction
        action = self._services.site().registry.get(invocation.slug)
        name = action.title if action else invocation.target_service_name
        self._title.set_visibility(transaction is not None)
        self._own.set_visibility(transaction is None)
        if transaction:
            self._title.props["href"] = f"/t/{transaction}"
            self._title.set_text(name)
        else:
            self._own.set_text(f"{invocation.target_service_name}/{invocation.target_handler_name}")
        self._about.set_text(_about(invocation))
        trouble = stuck_reason(invocation)
        known = trouble is not None and trouble.kind != "failing"
        self._trouble.set_text(trouble.message if trouble is not None and known else "")
        self._failure.set_text(invocation.last_failure or "" if invocation.status in ("backing-off", "paused") else "")
        words, look = _state(invocation)
        self._state.set_text(words)
        self._state.classes(replace=f"r-state r-state-{look}")
        for act, button in self._buttons.items():
            button.set_visibility(act in ACTS.get(invocation.status, OTHERWISE))
            button.props["aria-label"] = f"{_acts()[act][0]}: {name}"

    async def _asked(self, act: Act) -> None:
        if act != "kill":
            await self._do(act)
            return
        with ui.dialog(value=True) as dialog, ui.element("div").classes("r-card r-dialog"):
            dialog.props["aria-label"] = t("Kill this transaction?")
            text("h2", t("Kill this transaction?"), "r-h2")
            text("p", t("It ends immediately and can't clean up. Completed steps aren't undone."), "r-hint")

            async def kill() -> None:
                dialog.close()
                await self._do("kill")

            with ui.element("div").classes("r-buttons"):
                Button(t("Keep running"), dialog.close, look="quiet").props("autofocus")
                Button(t("Kill transaction"), kill, look="danger")

    async def _do(self, act: Act) -> None:
        services, person, invocation = self._services, current_person(), self._invocation
        if invocation is None:
            return
        what = invocation.transaction or invocation.id

        async def work() -> None:
            require(services, services.site().access.manages(person), engine=act, invocation=what)
            await services.operations.act(act, invocation, person)
            services.auth.audit.write(f"engine {act}", person, invocation=what)

        await run_button(self._buttons[act], work)


def _acts() -> dict[Act, tuple[str, ButtonStyle]]:
    return {
        "retry": (t("Retry now"), "plain"),
        "resume": (t("Resume"), "plain"),
        "pause": (t("Pause"), "plain"),
        "cancel": (t("Cancel"), "plain"),
        "kill": (t("Kill"), "quiet"),
    }


def _state(invocation: Invocation) -> tuple[str, str]:
    if is_mismatch(invocation):
        return t("Stuck"), "stuck"
    return {
        "backing-off": (t("Retrying"), "waiting"),
        "paused": (t("Paused"), "open"),
        "running": (t("Running"), "running"),
        "suspended": (t("Suspended"), "open"),
    }.get(invocation.status, (t("Starting"), "open"))


def _about(invocation: Invocation) -> str:
    told = [t("started {when}", when=ago(invocation.created_at))]
    if invocation.retry_count and invocation.status in ("backing-off", "paused"):
        told.append(tn("{count} attempt", "{count} attempts", invocation.retry_count))
    if invocation.journal_size:
        told.append(tn("{count} journal entry", "{count} journal entries", invocation.journal_size))
    return " · ".join([*told, invocation.target_service_key or ""])
