"""The top of all pages: the title, the state of the engine, light or dark, and who is in front of the browser."""

from nicegui import app, context, events, ui

from restival.ui.button import Button
from restival.ui.focus import put_focus
from restival.ui.links import link
from restival.ui.navigation import menu_button
from restival.ui.person import current_person, rename
from restival.ui.services import Services
from restival.ui.text import text
from restival.ui.widgets.line import Line

PERSON_MENU = "r-person-menu"
DARK = "dark"
IS_DARK = "document.body.classList.contains('body--dark')"
BANNERS = {
    "starting": "The engine is starting. Nothing is lost; pages go on in a moment.",
    "restarting": "The engine is restarting. Nothing is lost; pages go on in a moment.",
    "stopped": "The engine has stopped.",
}
LOOK_SECONDS = 1.0


def draw_header(services: Services) -> None:
    """Draw the header, and below it a banner while the engine isn't there."""
    settings = services.settings
    with ui.element("header").classes("r-header").props("role=banner"):
        menu_button()
        link(settings.title, "/", "r-brand")
        if settings.environment != "production":
            text("span", settings.environment, "r-chip")
        ui.element("div").classes("r-grow")
        _dark_switch()
        _person_menu()
    _engine_banner(services)


def _engine_banner(services: Services) -> None:
    banner = text("div", "").classes("r-banner").props('role="status"')
    shown: list[str | None] = [None]

    def look() -> None:
        state = services.engine_state()
        if shown[0] != state:
            shown[0] = state
            banner.set_text(BANNERS.get(state, ""))
            banner.set_visibility(state in BANNERS)

    look()
    ui.timer(LOOK_SECONDS, look)


def _dark_switch() -> None:
    chosen: bool | None = app.storage.user.get(DARK, context.client.page.resolve_dark())
    dark = ui.dark_mode(chosen)
    if chosen is not None:  # until the page is drawn the browser would paint the system's colour
        ui.add_head_html(f"<style>html {{ color-scheme: {'dark' if chosen else 'light'} }}</style>")

    def turn(event: events.GenericEventArguments) -> None:
        dark.set_value(not event.args)
        app.storage.user[DARK] = dark.value

    Button(icon="contrast", name="Light or dark", look="bare").on("click", turn, js_handler=f"() => emit({IS_DARK})")


def _person_menu() -> None:
    name = current_person().name
    button = Button(name, icon="account_circle", name=f"Person: {name}", look="bare").classes("r-person")
    button.props["popovertarget"] = PERSON_MENU
    menu = ui.element("div").classes("r-person-menu").props(f"id={PERSON_MENU} popover=auto")
    fields: list[Line] = []

    def toggled(event: events.GenericEventArguments) -> None:
        if event.args["newState"] == "open":
            with menu.clear():
                fields[:] = [_name_field()]
            put_focus(fields[0])
        elif fields:
            rename(fields.pop().value)
            menu.clear()
            shown = current_person().name
            button.set_label(shown)
            button.props["aria-label"] = button.props["title"] = f"Person: {shown}"

    menu.on("toggle", toggled, ["newState"])
    # the focus goes back to the button: without `prevent` the same key would press it
    menu.on("keydown.enter.prevent", js_handler="(event) => event.currentTarget.hidePopover()")


def _name_field() -> Line:
    attributes = {"type": "text", "maxlength": 80, "autocomplete": "name"}
    hint = "Shown to others beside what you answer."
    return Line("Your name", current_person().name, on_change=lambda: None, attributes=attributes, hint=hint)
