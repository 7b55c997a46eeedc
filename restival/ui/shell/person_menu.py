"""Who is in front of the browser, in the header: the name, and what belongs to the person."""

from nicegui import context, events, ui
from nicegui.element import Element

from restival.i18n import LANGUAGES, t
from restival.i18n.negotiation import own_language
from restival.ui.elements.button import Button
from restival.ui.elements.focus import put_focus
from restival.ui.elements.link import link
from restival.ui.elements.select import Select
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.session.activity import note_activity
from restival.ui.session.current_person import current_person, rename
from restival.ui.session.locale import choose_language
from restival.ui.session.services import Services

MENU = "r-person-menu"


class PersonMenu:
    """The button with the name, and the menu that it opens; follows the settings."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shown: object = None
        self._place = ui.element("div")
        if services.auth.mode.has_sessions:
            note_activity(services)
        self.draw()

    def draw(self) -> None:
        """Bring it up to date; an open menu stays open unless something in it has changed."""
        shown = (current_person(), self._services.site().settings.sign_in)
        if shown != self._shown:
            self._shown = shown
            with self._place.clear():
                _draw(self._services)


def _draw(services: Services) -> None:
    name = current_person().name
    button = Button(name, icon="account_circle", name=t("Person: {name}", name=name), look="bare").classes("r-person")
    button.props["popovertarget"] = MENU
    menu = ui.element("div").classes("r-person-menu").props(f"id={MENU} popover=auto")
    if services.site().settings.sign_in.anonymous:
        _rename_in(menu, button)
    else:
        with menu:
            _about_person(services)
            draw_language()


def _about_person(services: Services) -> None:
    person = current_person()
    text("div", person.name, "r-h3")
    text("div", person.email, "r-hint")
    if person.roles:
        text("div", ", ".join(person.roles), "r-hint")
    if services.auth.mode.has_sessions:
        link(t("Your account"), "/account", "r-nav-link")
        with ui.element("form").props("method=post action=/sign-out"):
            Button(t("Sign out"), look="plain").props("type=submit")


def draw_language() -> None:
    """Draw the menu of languages; the page is loaded anew in the one that is chosen."""
    request = context.client.request
    own = own_language(request) if request is not None else None
    options = {"": t("Automatic"), **LANGUAGES}
    Select(t("Language"), options, own or "", lambda value: choose_language(value or None))


def _rename_in(menu: Element, button: Button) -> None:
    """Nobody signs in here: people say themselves who they are."""
    fields: list[TextField] = []

    def toggled(event: events.GenericEventArguments) -> None:
        if event.args["newState"] == "open":
            with menu.clear():
                fields[:] = [_name_field()]
                draw_language()
            put_focus(fields[0])
        elif fields:
            rename(fields.pop().value)
            menu.clear()
            shown = current_person().name
            button.set_label(shown)
            button.props["aria-label"] = button.props["title"] = t("Person: {name}", name=shown)

    menu.on("toggle", toggled, ["newState"])
    # the focus goes back to the button: without `prevent` the same key would press it
    menu.on("keydown.enter.prevent", js_handler="(event) => event.currentTarget.hidePopover()")


def _name_field() -> TextField:
    attributes = {"type": "text", "maxlength": 80, "autocomplete": "name"}
    hint = t("Shown to others next to your answers.")
    return TextField(t("Your name"), current_person().name, on_change=lambda: None, attributes=attributes, hint=hint)
