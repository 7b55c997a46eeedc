"""A person's own account: another password, the second factor, ending all sessions."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.auth.passwords import SHORTEST
from restival.auth.refusals import BadPassword, SignInRefused
from restival.io.call import Choice, InvalidAnswer, Json
from restival.io.password import PasswordInput
from restival.io.text import TextInput
from restival.ui.button import Button
from restival.ui.form import Form
from restival.ui.header import sign_in_again
from restival.ui.pages.account_sessions import SessionsPart
from restival.ui.person import current_person
from restival.ui.services import Services
from restival.ui.text import text
from restival.words import t


async def account_page(services: Services) -> None:
    """Draw the page."""
    settings = services.auth.by_password
    person = current_person()
    ui.page_title(f"{t('Your account')} · {services.site().settings.title}")
    with ui.element("div").classes("r-narrow r-stack"):
        text("h1", t("Your account"), "r-h1")
        text("p", f"{person.name}, {person.email}", "r-hint")
        if settings is not None:
            _password(services)
        if settings is not None and settings.second_factor != "off":
            SecondFactorPart(services)
        SessionsPart(services)


def _password(services: Services) -> None:
    text("h2", t("Password"), "r-h2")
    fields = [
        PasswordInput(t("Present password")).spec("present"),
        PasswordInput(
            t("New password"), min_length=SHORTEST, help_text=t("At least {count} characters.", count=SHORTEST)
        ).spec("wanted"),
        PasswordInput(t("New password again")).spec("again"),
    ]

    async def change(values: dict[str, Json], _: str) -> None:
        if values["wanted"] != values["again"]:
            raise InvalidAnswer({"again": t("The two new passwords differ.")})
        try:
            await services.auth.own.change_password(current_person(), str(values["present"]), str(values["wanted"]))
        except SignInRefused as refused:
            raise InvalidAnswer({"present": str(refused)}) from None
        except BadPassword as refused:
            raise InvalidAnswer({"wanted": str(refused)}) from None
        sign_in_again()

    choices = [Choice(label=t("Change password"), value="change")]
    Form(fields, on_submit=change, choices=choices, label=t("Password"))
    text("p", t("You will be signed out everywhere, and sign in with the new one."), "r-hint")


class SecondFactorPart:
    """Adding and removing the codes of an authenticator app."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._own = services.auth.own
        text("h2", t("Second factor"), "r-h2")
        self._place = ui.element("div").classes("r-stack")
        self._draw()

    def _draw(self) -> None:
        self._place.clear()
        with self._place:
            if self._own.has_second_factor(current_person()):
                self._on()
            else:
                text(
                    "p",
                    t("Beside the password, a code of an authenticator app is asked for at each sign-in."),
                    "r-hint",
                )
                Button(t("Add an authenticator app"), self._add)

    def _on(self) -> None:
        text("p", t("A code of your authenticator app is asked for at each sign-in."))

        async def drop(values: dict[str, Json]) -> None:
            await self._own.drop_second_factor(current_person(), str(values["password"]))

        field = PasswordInput(t("Your password")).spec("password")
        choice = Choice(label=t("Remove the authenticator app"), value="remove", theme="danger")
        Form([field], on_submit=self._told("password", drop), choices=[choice], label=t("Second factor"))

    def _add(self) -> None:
        kept, person = self._own.new_second_factor(), current_person()

        async def take(values: dict[str, Json]) -> None:
            await self._own.take_second_factor(current_person(), kept, str(values["code"]))

        self._place.clear()
        with self._place:
            text("p", t("Let your authenticator app read this picture, or type the key into it."))
            picture = self._own.picture(kept, person, self._services.site().settings.title)
            code = ui.html(picture, sanitize=False).classes("r-qr").props("role=img")
            code.props["aria-label"] = t("QR code")
            text("code", self._own.in_clear(kept), "r-value")
            field = TextInput(t("Code"), help_text=t("The six digits that the app shows now.")).spec("code")
            choice = Choice(label=t("Ask for codes from now on"), value="add")
            Form([field], on_submit=self._told("code", take), choices=[choice], label=t("Second factor")).focus()

    def _told(
        self, key: str, work: Callable[[dict[str, Json]], Awaitable[None]]
    ) -> Callable[[dict[str, Json], str], Awaitable[None]]:
        async def told(values: dict[str, Json], _: str) -> None:
            try:
                await work(values)
            except SignInRefused as refused:
                raise InvalidAnswer({key: str(refused)}) from None
            self._draw()

        return told
