"""The top of all pages: the title, the state of the engine, light or dark, and who is in front of the browser."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from nicegui import app, events, ui

from restival.i18n import t
from restival.ui.elements.button import Button
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services
from restival.ui.shell.brand import Brand
from restival.ui.shell.inbox_count import WaitingCount
from restival.ui.shell.navigation import menu_button
from restival.ui.shell.notifications import Bell
from restival.ui.shell.palette import Palette, palette_button
from restival.ui.shell.person_menu import PersonMenu

DARK = "dark"
BY_SETTING: Mapping[str, bool | None] = {"auto": None, "on": True, "off": False}
IS_DARK = "document.body.classList.contains('body--dark')"
LOOK_SECONDS = 1.0


class Follows(Protocol):
    """A part that looks different when the settings do."""

    def draw(self) -> None:
        """Bring it up to date."""


def draw_header(services: Services) -> tuple["EngineBanner", Sequence[Follows], WaitingCount]:
    """Draw the header, below it a banner while the engine isn't there, and what is wrong with the settings; gives that
    banner, what follows the settings, and the count of what waits."""
    with ui.element("header").classes("r-header").props("role=banner"):
        menu_button()
        brand = Brand(services)
        ui.element("div").classes("r-grow")
        palette_button()
        count = WaitingCount(services)
        Bell(services)
        dark = DarkSwitch(services)
        person = PersonMenu(services)
    Palette(services)
    return EngineBanner(services), (brand, dark, person, SettingsNotice(services)), count


class SettingsNotice:
    """Says to those who manage the app that restival.yaml, as it is written now, can't be used."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._place = ui.element("div").props('role="status"')
        self.draw()

    def draw(self) -> None:
        """Bring it up to date."""
        site = self._services.site()
        self._place.clear()
        if site.broken is not None and site.access.manages(current_person()):
            with self._place, ui.element("div").classes("r-banner"):
                text("div", t("restival.yaml has errors. The previous settings are still in use."))
                text("pre", site.broken, "r-code r-wrap")


class EngineBanner:
    """Says so while the engine isn't there."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._banner = text("div", "").classes("r-banner").props('role="status"')
        self._shown: str | None = None
        self._look()

    def watch(self) -> None:
        """Keep it up to date.

        A timer has its page delivered at once, so this comes after what the page is to be delivered with.
        """
        ui.timer(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        state = self._services.engine_state()
        if self._shown != state:
            self._shown = state
            words = _banner(state)
            self._banner.set_text(words)
            self._banner.set_visibility(bool(words))


def _banner(state: str) -> str:
    """What people are told of the engine's state; nothing while it runs."""
    return {
        "starting": t("Restate is starting. Nothing is lost. Transactions resume in a moment."),
        "restarting": t("Restate is restarting. Nothing is lost. Transactions resume in a moment."),
        "away": t("The app can't reach Restate. Nothing is lost. Transactions resume once it can."),
        "cut off": t("Restate can't reach this app. Nothing is lost. Transactions resume once it can."),
        "stopped": t("Restate has stopped."),
    }.get(state, "")


class DarkSwitch:
    """Light or dark, as the person has chosen; as the settings say while they haven't."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._dark = ui.dark_mode(self._wanted)
        if self._wanted is not None:  # until the page is drawn the browser would paint the system's colour
            ui.add_head_html(f"<style>html {{ color-scheme: {'dark' if self._wanted else 'light'} }}</style>")
        button = Button(icon="contrast", name=t("Switch theme"), look="bare")
        button.on("click", self._turn, js_handler=f"() => emit({IS_DARK})")

    def draw(self) -> None:
        """Bring it up to date."""
        if self._dark.value != self._wanted:
            self._dark.set_value(self._wanted)

    @property
    def _wanted(self) -> bool | None:
        chosen: bool | None = app.storage.user.get(DARK, BY_SETTING[self._services.site().settings.theme.dark])
        return chosen

    def _turn(self, event: events.GenericEventArguments) -> None:
        self._dark.set_value(not event.args)
        app.storage.user[DARK] = self._dark.value
