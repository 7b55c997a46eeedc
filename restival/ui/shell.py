"""The frame of all pages: header, and the page that belongs to the address."""

from collections.abc import Callable
from functools import partial

from nicegui import PageArguments, app, context, events, ui

from restival.access import may_run
from restival.ui.pages.action import action_page
from restival.ui.pages.home import home_page
from restival.ui.pages.not_found import not_found_page
from restival.ui.pages.transaction import transaction_page
from restival.ui.person import current_person, rename
from restival.ui.services import Services

DARK = "dark"
IS_DARK = "document.body.classList.contains('body--dark')"
BANNERS = {
    "starting": "The engine is starting. Nothing is lost; pages go on in a moment.",
    "restarting": "The engine is restarting. Nothing is lost; pages go on in a moment.",
    "stopped": "The engine has stopped.",
}

Builder = Callable[..., object]


def shell(services: Services) -> None:
    """Draw the frame, and inside it the page of the current path."""
    ui.colors(primary=services.settings.theme.primary)
    ui.link("Skip to content", "#main").classes(replace="r-skip")
    with ui.element("header").classes("r-header"):
        ui.link(services.settings.title, "/").classes(replace="r-brand")
        if services.settings.environment != "production":
            ui.label(services.settings.environment).classes("r-chip")
        ui.element("div").classes("r-grow")
        _dark_switch()
        _person_menu()
    _engine_banner(services)
    with ui.element("main").classes("r-main").props('id=main tabindex="-1"'):
        pages = ui.sub_pages(_routes(services), show_404=False)
    leave = services.on_project_change(partial(_project_changed, pages, services))
    context.client.on_delete(leave)


def _routes(services: Services) -> dict[str, Builder]:
    person = current_person()
    routes: dict[str, Builder] = {"/t/{transaction}": partial(transaction_page, services)}
    for slug, action in services.project().registry.items():
        if may_run(person, action.roles):
            routes[f"/{slug}"] = partial(action_page, services, slug)
            if action.group:
                routes.setdefault(f"/{action.group}", partial(home_page, services, action.group))
    routes["/"] = partial(_anything_else, services)
    return routes


async def _anything_else(services: Services, arguments: PageArguments) -> None:
    if arguments.remaining_path.strip("/"):
        not_found_page(services, arguments.remaining_path)
    else:
        await home_page(services)


def _project_changed(pages: ui.sub_pages, services: Services) -> None:
    """Take the new actions; a transaction's page stays as it is, it follows its transaction."""
    with pages.client:
        pages._routes = _routes(services)  # the element offers adding routes only
        if not pages.client.sub_pages_router.current_path.startswith("/t/"):
            pages.refresh()


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
    ui.timer(1.0, look)


def _dark_switch() -> None:
    dark = ui.dark_mode(app.storage.user.get(DARK, context.client.page.resolve_dark()))

    def turn(event: events.GenericEventArguments) -> None:
        dark.set_value(not event.args)
        app.storage.user[DARK] = dark.value

    button = ui.button(icon="contrast").props('flat round dense aria-label="Light or dark"').classes("r-icon")
    button.on("click", turn, js_handler=f"() => emit({IS_DARK})")


def _person_menu() -> None:
    button = (
        ui.button(current_person().name, icon="account_circle")
        .props('flat no-caps dense aria-label="Person"')
        .classes("r-person")
    )
    with button, ui.menu().props('anchor="bottom right" self="top right"'), ui.element("div").classes("r-menu"):
        field = ui.input("Your name", value=current_person().name).props("outlined dense")
        ui.label("Shown to others beside what you answer.").classes("r-hint")

        def keep() -> None:
            rename(field.value or "")
            button.set_text(current_person().name)

        field.on("blur", keep)
        field.on("keydown.enter", keep)
