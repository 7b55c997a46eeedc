"""The top of all pages: the title, the state of the engine, light or dark, and who is in front of the browser."""

from nicegui import app, context, events, ui
from nicegui.element import Element

from restival.ui.navigation import menu_button
from restival.ui.person import current_person, rename
from restival.ui.services import Services

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
        ui.link(settings.title, "/").classes(replace="r-brand")
        if settings.environment != "production":
            ui.label(settings.environment).classes("r-chip")
        ui.element("div").classes("r-grow")
        _dark_switch()
        _person_menu()
    _engine_banner(services)


def _engine_banner(services: Services) -> None:
    banner = ui.label().classes("r-banner").props('role="status"')
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

    button = ui.button(icon="contrast").props('flat round dense aria-label="Light or dark"').classes("r-icon")
    button.on("click", turn, js_handler=f"() => emit({IS_DARK})")


def _person_menu() -> None:
    button = ui.button(icon="account_circle").props("flat no-caps dense").classes("r-person")
    _show_person(button)
    with button, ui.menu().props('anchor="bottom right" self="top right"') as menu:
        with ui.element("div").classes("r-menu"):
            field = ui.input("Your name", value=current_person().name).props("outlined dense maxlength=80")
            ui.label("Shown to others beside what you answer.").classes("r-hint")

        def keep() -> None:
            rename(field.value or "")
            _show_person(button)

        field.on("blur", keep)
        field.on("keydown.enter", keep)
        field.on("keydown.enter", menu.close)


def _show_person(button: Element) -> None:
    name = current_person().name
    button.props["label"] = name
    button.props["aria-label"] = f"Person: {name}"
