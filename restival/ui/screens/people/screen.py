"""People and roles, as restival.yaml has them, with why somebody may do something or may not."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from nicegui import PageArguments, ui
from nicegui.element import Element

from restival.access.person import EVERYONE
from restival.i18n import in_date, t, tn
from restival.settings.people import Individual
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.screen import Screen, manages
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.elements.toast import show_toast
from restival.ui.screens.people.rights_table import RightsTable
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import require
from restival.ui.session.services import Services


async def people_page(services: Services, arguments: PageArguments) -> None:
    """Draw the page, for those who manage the app."""
    site = services.site()
    ui.page_title(f"{t('People and roles')} · {site.settings.title}")
    text("h1", t("People and roles"), "r-h1")
    text("p", t("Defined in restival.yaml. Changes apply immediately."), "r-hint")
    people = sorted(site.settings.people, key=lambda each: each.name.lower())
    if not people:
        _nobody()
    else:
        RightsTable(services, people)
        _people(services, people)
    _roles(services)
    _programs(services)


def _nobody() -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", t("No people yet"), "r-h2")
        text("p", t("Anyone who can reach this app has all permissions. To require sign-in, add a person:"))
        text("pre", "restival user add ada@example.com --name Ada --role support", "r-code r-wrap")


def _people(services: Services, people: list[Individual]) -> None:
    with ui.element("section").classes("r-section"):
        text("h2", t("People"), "r-h2")
        with ui.element("ul").classes("r-list") as place:
            place.props["aria-label"] = t("People")
            for each in people:
                with ui.element("li"):
                    PersonRow(services, each)


class PersonRow:
    """A person, how their account stands, and what can be done about it."""

    def __init__(self, services: Services, person: Individual) -> None:
        self._services = services
        self._person = person
        self._place = ui.element("div").classes("r-row r-person-row")
        self._draw()

    def _draw(self) -> None:
        auth, mail = self._services.auth, self._person.mail
        account = auth.accounts.of(mail)
        self._place.clear()
        with self._place:
            with ui.element("div").classes("r-row-title"):
                text("div", self._person.name)
                text("div", " · ".join([mail, ", ".join(self._person.roles) or t("no roles")]), "r-hint")
                self._strange_roles()
            if auth.factors.of(mail) is not None:
                text("span", t("Second factor"), "r-chip")
                self._button(t("Remove second factor"), partial(auth.others.forget_second_factor, mail))
            if auth.mode.counts_attempts and (until := account.locked_until(datetime.now(UTC))):
                text("span", t("Locked until {time}", time=clock(until)), "r-state r-state-failed")
                self._button(t("Unlock"), partial(auth.others.unlock, mail))
            if auth.mode.has_provider_accounts and account.subject is not None:
                self._button(t("Unlink provider account"), partial(auth.others.forget_subject, mail))
            if auth.mode.has_sessions:
                self._button(t("End sessions"), partial(auth.others.end_sessions, mail))

    def _strange_roles(self) -> None:
        site = self._services.site()
        declared = [*(each.roles for each in site.registry.values()), *(each.roles for each in site.pages.values())]
        known = {EVERYONE, *site.settings.roles, *(role for roles in declared for role in roles)}
        if strange := [role for role in self._person.roles if role not in known]:
            message = tn("Unknown role: {names}.", "Unknown roles: {names}.", len(strange), names=", ".join(strange))
            text("div", message, "r-error")

    def _button(self, label: str, work: Callable[..., Awaitable[None]]) -> None:
        async def pressed() -> None:
            allowed = self._services.site().access.manages(current_person())
            require(self._services, allowed, what=label, where=self._person.mail)
            await work(by=current_person())
            self._draw()
            show_toast(t("{label}: done for {name}.", label=label, name=self._person.name))

        button = Button(label, lambda: run_button(button, pressed))
        button.props["aria-label"] = f"{label}: {self._person.name}"


def _roles(services: Services) -> None:
    settings = services.site().settings
    if not settings.roles:
        return
    with ui.element("section").classes("r-section"):
        text("h2", t("Roles"), "r-h2")
        with _table(t("Roles"), (t("Role"), t("Applies to"), t("Permissions"), t("People"))):
            for role, patterns in settings.roles.items():
                holders = [each.name for each in settings.people if role in each.roles]
                who = t("Everyone who is signed in") if role == EVERYONE else ", ".join(holders) or t("no one")
                for pattern, rights in patterns.items() or {"–": []}.items():
                    with ui.element("tr"):
                        text("td", role)
                        text("td", pattern)
                        text("td", ", ".join(rights) or t("nothing"))
                        text("td", who)


def _programs(services: Services) -> None:
    keys = services.site().settings.keys
    if not keys:
        return
    with ui.element("section").classes("r-section"):
        text("h2", t("API keys"), "r-h2")
        with _table(t("API keys"), (t("Key"), t("Roles"), t("Expires"))):
            for each in keys:
                over = each.expires is not None and each.expires < datetime.now(UTC).date()
                with ui.element("tr"):
                    text("td", each.name)
                    text("td", ", ".join(each.roles) or t("no roles"))
                    shown = in_date(each.expires) if each.expires else t("never")
                    text("td", t("expired on {day}", day=shown) if over else shown)


def _table(name: str, titles: tuple[str, ...]) -> Element:
    """A table with headings; what is drawn within it are its rows."""
    with ui.element("table").classes("r-history") as table:
        table.props["aria-label"] = name
        with ui.element("thead"), ui.element("tr"):
            for title in titles:
                text("th", title).props("scope=col")
        return ui.element("tbody")


SCREEN = Screen("/people", lambda: t("People and roles"), "group", people_page, is_visible=manages)
