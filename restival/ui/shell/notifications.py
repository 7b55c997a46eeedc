"""What actions have told the person: a bell in the header, with a count of what is new, and a word as it comes."""

from datetime import UTC, datetime

from nicegui import app, events, ui

from restival.engine.client.notifications import NotificationRecord
from restival.errors import RestivalError
from restival.i18n import t
from restival.ui.elements.button import Button
from restival.ui.elements.lifecycle import page_callback
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import ago
from restival.ui.elements.toast import show_toast
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

MENU = "r-bell-menu"
SHOWN = 20
NOTICED = "noticed_at"


class Bell:
    """The bell of one page."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._button = Button(icon="notifications_none", name=t("Notifications"), look="bare").classes("r-bell")
        self._button.props["popovertarget"] = MENU
        with self._button:
            self._count = text("span", "", "r-count")
        self._menu = ui.element("div").classes("r-person-menu r-bell-menu").props(f"id={MENU} popover=auto")
        self._menu.on("toggle", self._toggled, ["newState"])
        self._draw_count()
        self._menu.client.on_delete(services.notices.subscribe(page_callback(self._menu, self._show)))

    def _show(self, told: NotificationRecord) -> None:
        if told.notice.reaches(current_person()):
            title = f"{told.notice.title}: " if told.notice.title else ""
            show_toast(f"{title}{told.notice.message}", position="top-right")
            self._draw_count()

    def _draw_count(self) -> None:
        since = self._noticed_at()
        new = [each for each in self._services.notices.of(current_person(), SHOWN) if each.notice.at > since]
        count = len(new)
        self._count.set_text(str(count) if count else "")
        name = t("Notifications, {count} new", count=count) if count else t("Notifications")
        self._button.props["aria-label"] = self._button.props["title"] = name

    async def _toggled(self, event: events.GenericEventArguments) -> None:
        if event.args["newState"] != "open":
            return
        told = self._services.notices.of(current_person(), SHOWN)
        with self._menu.clear():
            text("h2", t("Notifications"), "r-h3")
            if not told:
                text("p", t("Messages from actions appear here."), "r-hint")
            with ui.element("ul").classes("r-panel-list"):
                for each in told:
                    self._draw(each)
        await self._look()

    def _draw(self, told: NotificationRecord) -> None:
        with ui.element("li"), link("", f"/t/{told.transaction}", "r-notice"):
            if told.notice.title:
                text("span", told.notice.title, "r-notice-title")
            text("span", told.notice.message)
            text("span", ago(told.notice.at), "r-hint")

    def _noticed_at(self) -> datetime:
        mail = current_person().email
        kept = self._services.auth.accounts.of(mail).noticed_at if mail else app.storage.user.get(NOTICED)
        at = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
        return at or datetime.min.replace(tzinfo=UTC)

    async def _look(self) -> None:
        """Take all that is there as seen."""
        mail, now = current_person().email, datetime.now(UTC)
        try:
            if mail:
                await self._services.auth.accounts.change(mail, noticed_at=now)
            else:
                app.storage.user[NOTICED] = now.isoformat()
        except RestivalError:
            return  # it counts as new until Restate is there again
        self._draw_count()
