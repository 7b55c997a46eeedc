"""A person's own sessions: which there are, and ending them."""

from collections.abc import Awaitable
from functools import partial

from nicegui import ui

from restival.auth.account import OpenSession
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.ui.elements.browser_name import browser_name
from restival.ui.elements.button import Button
from restival.ui.elements.text import text
from restival.ui.elements.times import ago, clock
from restival.ui.elements.toast import show_toast
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services
from restival.ui.session.sign_in import sign_in_again


class SessionsPart:
    """The list of sessions, this one first."""

    def __init__(self, services: Services) -> None:
        self._own = services.auth.own
        text("h2", t("Sessions"), "r-h2")
        text("p", t("Browsers where you are signed in."), "r-hint")
        self._place = ui.element("div").classes("r-sessions")
        self.draw()

    def draw(self) -> None:
        """Show those that are open now."""
        me, found = current_person().session, self._own.sessions(current_person())
        self._place.clear()
        with self._place:
            with ui.element("ul").classes("r-list") as listed:
                listed.props["aria-label"] = t("Sessions")
                for id, session in sorted(found.items(), key=lambda each: each[0] != me):
                    with ui.element("li"):
                        self._row(id, session, mine=id == me)
            with ui.element("div").classes("r-buttons"):
                if any(id != me for id in found):
                    Button(t("End other sessions"), self._end_others)
                Button(t("Sign out everywhere"), self._leave)

    def _row(self, id: str, session: OpenSession, *, mine: bool) -> None:
        name = browser_name(session.agent)
        with ui.element("div").classes("r-row r-session-row"):
            with ui.element("div").classes("r-row-title"):
                text("div", name)
                began = t("Signed in {time}", time=clock(session.at))
                seen = t("active now") if mine else t("last active {time}", time=ago(session.seen))
                text("div", " · ".join(each for each in (session.address, began, seen) if each), "r-hint")
            if mine:
                text("span", t("This browser"), "r-chip")
            else:
                button = Button(t("End session"), partial(self._end, id))
                button.props["aria-label"] = f"{t('End session')}: {name}, {began}"

    async def _end(self, id: str) -> None:
        if await _done(self._own.end_sessions(current_person(), [id])):
            show_toast(t("The session has ended."))
        self.draw()

    async def _end_others(self) -> None:
        if await _done(self._own.end_other_sessions(current_person())):
            show_toast(t("All other sessions have ended."))
        self.draw()

    async def _leave(self) -> None:
        await _done(self._own.sign_out_everywhere(current_person()))
        sign_in_again()


async def _done(work: Awaitable[None]) -> bool:
    """Whether it could be stored; it holds in this run of the app in any case."""
    try:
        await work
    except EngineUnavailable as error:
        show_toast(str(error), wrong=True)
        return False
    return True
