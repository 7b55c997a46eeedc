"""A person's own account: another password, the second factor, ending all sessions."""

from nicegui import PageArguments, ui

from restival.auth.passwords import SHORTEST
from restival.auth.refusals import BadPassword, SignInRefused, WrongPassword
from restival.i18n import t
from restival.io.core.call import Choice, InvalidAnswer, Json
from restival.io.core.registry import check_answers
from restival.io.input.password import PasswordInput
from restival.ui.elements.screen import Screen
from restival.ui.elements.text import text
from restival.ui.forms.form import Form
from restival.ui.screens.account.second_factor import SecondFactorPart
from restival.ui.screens.account.sessions import SessionsPart
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services
from restival.ui.session.sign_in import sign_in_again


async def account_page(services: Services, arguments: PageArguments) -> None:
    """Draw the page."""
    person = current_person()
    ui.page_title(f"{t('Your account')} · {services.site().settings.title}")
    with ui.element("div").classes("r-narrow r-stack"):
        text("h1", t("Your account"), "r-h1")
        text("p", f"{person.name}, {person.email}", "r-hint")
        if services.auth.mode.has_password:
            _password(services)
        if services.auth.factors.offered:
            SecondFactorPart(services, on_change=lambda: sessions.draw())
        sessions = SessionsPart(services)


def _password(services: Services) -> None:
    text("h2", t("Password"), "r-h2")
    fields = [
        PasswordInput(t("Current password")).spec("present"),
        PasswordInput(
            t("New password"), min_length=SHORTEST, help_text=t("At least {count} characters.", count=SHORTEST)
        ).spec("wanted"),
        PasswordInput(t("Confirm new password")).spec("again"),
    ]

    async def change(given: dict[str, Json], _: str) -> None:
        values = check_answers(fields, given)
        if values["wanted"] != values["again"]:
            raise InvalidAnswer({"again": t("Passwords don't match.")})
        try:
            await services.auth.own.change_password(current_person(), str(values["present"]), str(values["wanted"]))
        except WrongPassword:
            raise InvalidAnswer({"present": t("Incorrect password.")}) from None
        except SignInRefused as refused:
            raise InvalidAnswer({"present": str(refused)}) from None
        except BadPassword as refused:
            raise InvalidAnswer({"wanted": str(refused)}) from None
        sign_in_again()

    choices = [Choice(label=t("Change password"), value="change")]
    Form(fields, on_submit=change, choices=choices, label=t("Password"))
    text("p", t("You will be signed out everywhere. Sign in again with the new password."), "r-hint")


SCREEN = Screen(
    "/account",
    lambda: t("Your account"),
    "account_circle",
    account_page,
    is_visible=lambda services: services.auth.mode.has_sessions,
    in_navigation=False,
)
